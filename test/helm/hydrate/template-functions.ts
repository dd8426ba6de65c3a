/** Every function that templates of Helm have (Go, Sprig, Helm), with something to make of a value `_`, but for what is of chance or of the time. */
export const functions: readonly string[] = `
abbrev 5 _;abbrevboth 2 7 _;trunc 4 _;trunc -4 _;trim _;upper _;lower _;title _;untitle _;substr 0 2 _;repeat 2 _;trimall "x" _;trimAll "ab" _
trimSuffix ".local" _;trimSuffix "\\n" _;trimPrefix "v" _;nospace _;initials _;swapcase _;snakecase _;camelcase _;kebabcase _;wrap 5 _;wrapWith 5 "-" _
contains "a" _;contains _ "prod";contains "{{" _;hasPrefix "eu" _;hasPrefix _ "prod";hasSuffix "9" _;quote _;squote _;cat _ "x";cat "x" _;indent 2 _;nindent 2 _
replace "a" "b" _;replace "x" _ "axa";replace _ "x" "prod";plural "one" "many" (len _);sha1sum _;sha256sum _;sha512sum _;adler32sum _;toString _;toStrings (list _)
atoi _;int _;int64 _;float64 _;toDecimal _;seq _;until (int _);untilStep 0 (int _) 2;add1 _;add 1 _;sub 5 _;div 8 _;mod 7 _;mul 2 _;addf 1 _;add1f _;subf 1 _;divf 1 _;mulf 2 _
biggest 3 _;max 3 _;min 3 _;maxf 3 _;minf 3 _;ceil _;floor _;round _ 1;join "-" _;join _ (list 1 2);join "," (list _ "x");sortAlpha (list "www" _)
default "x" _;default _ "";empty _;coalesce "" _;all _ "x";any _ "";compact (list _ "");mustCompact (list _ "");ternary "a" "b" (empty _);ternary _ "b" true;ternary _ "b" (eq _ "prod")
split "-" _;(split "-" _)._0;splitList "-" _;splitn "-" 2 _;regexMatch "^eu-[0-9]$" _;regexMatch _ "prod";mustRegexMatch "[a-z]+" _;regexFind "[0-9]+" _;regexFindAll "a" _ -1
regexReplaceAll "[^\\\\x00-\\\\x7F]" _ "";regexReplaceAll "a" "cab" _;regexReplaceAllLiteral "a" "cab" _;regexReplaceAllLiteral "a" _ "x";regexSplit "-" _ -1;regexQuoteMeta _
fromJson _;fromYaml _;fromYamlArray _;fromJsonArray _;fromToml _;toJson _;toPrettyJson _;toRawJson _;toYaml _;toYamlPretty _;toToml (dict "a" _);mustToJson _;mustFromJson _
fromYaml (toYaml (dict "a" _));fromJson (toJson (dict "a" _));fromYaml (printf "a: %s" _);fromYaml (printf "a: %q" _);fromYaml (printf "a: |\\n  %s" _);fromJson (printf "{\\"a\\": \\"%s\\"}" _)
typeOf _;typeIs "string" _;typeIsLike "string" _;kindOf _;kindIs "string" _;deepEqual (list _) (list "prod");deepCopy (list _);base _;dir _;clean _;ext _;isAbs _;osBase _;osDir _;osClean _;osExt _;osIsAbs _
b64enc _;b64dec _;b32enc _;b32dec _;list _ "x";tuple _;dict "a" _;dict _ "a";dict "prod" 1 _ 2;get (dict "prod" "c") _;get (dict "a" _) "a";set (dict "prod" 1) _ 2;set (dict) "a" _
unset (dict "prod" 1) _;hasKey (dict "prod" 1) _;hasKey (dict "a" _) "a";pluck _ (dict "prod" 1);pluck "a" (dict "a" _);keys (dict _ 1);values (dict "a" _);pick (dict "prod" 1) _;pick (dict "a" _) "a"
omit (dict "prod" 1 "x" 2) _;omit (dict "a" _ "b" 1) "b";merge (dict "a" _) (dict "a" 1 "b" 2);merge (dict _ 1) (dict "prod" 2);mergeOverwrite (dict "a" 1) (dict "a" _);mustMerge (dict "a" _) (dict "b" 1)
append (list 1) _;prepend (list 1) _;push (list 1) _;first (list _ 1);last (list 1 _);rest (list 1 _);initial (list _ 1);reverse (list _ 1);uniq (list "www" _);without (list "www" "b") _;without (list _ "b") "b"
has _ (list "prod" "x");has "prod" (list _);slice (list _ 1) 0 1;concat (list _) (list 1);dig "a" "x" (dict "a" _);dig _ "x" (dict "prod" 1);dig "b" _ (dict "a" 1);chunk 1 (list _ 2);index (list 1 _) 1;index (dict "prod" 1) _;index _ 0
semver _;semverCompare ">=1.2.0" _;urlParse _;(urlParse _).host;urlJoin (dict "host" _ "path" "x");urlquery _;html _;js _;printf "%s" _;printf "%v-%s" _ "x";printf "%q" _;printf "%5s" _;printf "%.2s" _;printf "%d" _;printf "%x" _;printf _
print _ "x";print _ 1;println _;len _;len (list _);not _;and _ "x";or _ "x";and (hasPrefix "e" _) (hasSuffix "9" _);eq _ "prod";eq _ "";ne _ "";ne _ "prod";lt _ "m";gt _ "m";le _ "m";ge _ "m"
gt (int _) 5;and (gt (int _) 1) (lt (int _) 100);lt (int _) 0;ge (int64 _) 8589934592;gt (len _) 12;and (gt (len _) 2) (lt (len _) 9);eq (len _) 4;eq (int _) 50;required "say it" _;lookup "v1" "Secret" _ "x"
include "web.keep" (dict "v" _);include "web.upper" (dict "v" _);include "web.range" (dict "v" (list _));tpl _ $;tpl (printf "{{ len %q }}" _) $;tpl "{{ .v }}" (dict "v" _ "Template" $.Template);tpl "{{ .v | upper }}" (dict "v" _ "Template" $.Template)
toDate "2006-01-02" _;duration _;durationRound _;mustToDate "2006-01-02" _;date "2006" (toDate "2006-01-02" _);derivePassword 1 "long" "password" _ "example.com";getHostByName _
$.Capabilities.APIVersions.Has _;$.Files.Get _;$.Files.Get (printf "conf/%s.txt" _);$.Files.Glob (printf "conf/%s*" _)
`
  .trim()
  .split(/[;\n]/)
  .map((one) => one.trim())
  .filter((one) => one !== '');
