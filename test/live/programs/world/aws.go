package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const role = `<%[1]sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%[1]sResult><Credentials><AccessKeyId>AKIAWORLD</AccessKeyId>` +
	`<SecretAccessKey>world</SecretAccessKey><SessionToken>world</SessionToken><Expiration>%[2]s</Expiration></Credentials><AssumedRoleUser>` +
	`<Arn>arn:aws:sts::111122223333:assumed-role/x/y</Arn><AssumedRoleId>x:y</AssumedRoleId></AssumedRoleUser></%[1]sResult>` +
	`<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></%[1]sResponse>`

func aws(host string, w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	expires := time.Now().Add(time.Hour)
	switch {
	case strings.HasPrefix(host, "sts."):
		w.Header().Set("Content-Type", "text/xml")
		action := "AssumeRoleWithWebIdentity"
		if strings.Contains(string(body), "Action=AssumeRole&") {
			action = "AssumeRole"
		}
		fmt.Fprintf(w, role, action, expires.UTC().Format(time.RFC3339))
	case strings.HasPrefix(host, "secretsmanager."):
		secret(w, body)
	case strings.Contains(host, "ecr"):
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		registry := "https://111122223333.dkr.ecr." + regionOf(host) + ".amazonaws.com"
		json.NewEncoder(w).Encode(map[string]any{"authorizationData": []any{map[string]any{"expiresAt": expires.Unix(), "proxyEndpoint": registry,
			"authorizationToken": base64.StdEncoding.EncodeToString([]byte("AWS:world"))}}})
	default:
		http.Error(w, "unknown service", http.StatusNotFound)
	}
}

// api.ecr.REGION.amazonaws.com
func regionOf(host string) string {
	if parts := strings.Split(host, "."); len(parts) > 2 {
		return parts[len(parts)-3]
	}
	return ""
}

// secrets/NAME.json, with __ for each slash of the name.
func secret(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	var asked struct{ SecretId string }
	json.Unmarshal(body, &asked)
	text, err := os.ReadFile(filepath.Join(*folder, "secrets", strings.ReplaceAll(asked.SecretId, "/", "__")+".json"))
	if err != nil {
		w.Header().Set("X-Amzn-Errortype", "ResourceNotFoundException")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, `{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}`)
		return
	}
	json.NewEncoder(w).Encode(map[string]any{"ARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:" + asked.SecretId, "Name": asked.SecretId,
		"SecretString": string(text), "VersionId": "v1", "VersionStages": []string{"AWSCURRENT"}})
}
