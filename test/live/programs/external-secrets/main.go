// Command live is the operator of External Secrets, as its module publishes it, with the providers and generators that a fleet uses.
package main

import (
	"github.com/external-secrets/external-secrets/cmd/controller"

	_ "github.com/external-secrets/external-secrets/pkg/generator/ecr"
	_ "github.com/external-secrets/external-secrets/pkg/generator/fake"
	_ "github.com/external-secrets/external-secrets/pkg/provider/aws"
	_ "github.com/external-secrets/external-secrets/pkg/provider/fake"
)

func main() {
	controller.Execute()
}
