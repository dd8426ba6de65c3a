/**
 * What differs between the forges, and how their APIs are asked.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 * @see https://docs.github.com/en/rest/pulls/pulls
 * @see https://docs.gitlab.com/api/notes/
 * @see https://docs.gitlab.com/api/merge_requests/
 */
export const forge = String.raw`
is_fork=
if [ -n "$GITHUB_ACTIONS" ]; then
  case $GITHUB_EVENT_NAME in
    pull_request) event=request ;;
    push | merge_group) event=push ;;
    *) event=schedule ;;
  esac
  format=github
  before=$BEFORE
  main=$GITHUB_REF_NAME
  repository=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY.git
  log=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID
  api=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY
  header='Authorization: Bearer '
  if [ "$SOURCE" != "$GITHUB_REPOSITORY" ]; then is_fork=yes; fi
  comments=issues/$(printf %s "$GITHUB_REF" | sed 's|^refs/pull/||; s|/.*||')/comments
  comment=issues/comments
  requests=pulls
  query="state=open&head=$GITHUB_REPOSITORY_OWNER:%s&base=%s"
  edit=PATCH
  limit=65536
  committer='github-actions[bot]'
  mail='41898282+github-actions[bot]@users.noreply.github.com'
else
  case $CI_PIPELINE_SOURCE in
    merge_request_event) event=request ;;
    push) event=push ;;
    *) event=schedule ;;
  esac
  format=terminal
  before=$CI_COMMIT_BEFORE_SHA
  main=$CI_COMMIT_BRANCH
  repository=$CI_PROJECT_URL.git
  log=$CI_JOB_URL
  api=$CI_API_V4_URL/projects/$CI_PROJECT_ID
  # The pipeline of a fork's request runs in the fork.
  if [ "$event" = request ]; then api=$CI_API_V4_URL/projects/$CI_MERGE_REQUEST_PROJECT_ID; fi
  header='PRIVATE-TOKEN: '
  if [ "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID" != "$CI_MERGE_REQUEST_PROJECT_ID" ]; then is_fork=yes; fi
  comments=merge_requests/$CI_MERGE_REQUEST_IID/notes
  comment=$comments
  requests=merge_requests
  query='state=opened&source_branch=%s&target_branch=%s'
  edit=PUT
  limit=1000000
  committer=fleet
  mail=fleet@noreply.$CI_SERVER_HOST
fi

# call METHOD URL [FILE]: asks the API, with the JSON of a file. Its answer is in answer.json, the HTTP status in $status.
# Others on the machine see the arguments of a program, so the token goes to curl by a pipe.
call() {
  status=$({
    printf '%s = "%s"\n' request "$1" url "$2" output "$scratch/answer.json" header "$header$token" header 'Content-Type: application/json'
    if [ -n "$3" ]; then printf 'data-binary = "@%s"\n' "$scratch/$3"; fi
  } | curl --silent --show-error --max-time 60 --write-out '%{http_code}' --config -) || fail "The API of the forge does not answer: $1 $2"
}

# picked EXPRESSION [WORD …]: of the last answer, which the expression calls it; the words are those from words[1] on. Empty where there is nothing.
picked() { javascript "const it = JSON.parse(readFileSync('answer.json', 'utf8')); console.log($1 ?? '')" "$@"; }

encoded() { javascript 'console.log(encodeURIComponent(words[0]))' "$1"; }

# refused WHAT [HINT]
refused() { fail "The API refuses $1: $status $(head -c 1000 "$scratch/answer.json")" "$2"; }

# remote …: Git, with the token for the repository.
remote() {
  token=$token GIT_TERMINAL_PROMPT=0 git -c credential.helper= \
    -c credential.helper='!answer() { echo username=x-access-token; echo "password=$token"; }; answer' "$@"
}

# fitting FILE: no more of a text than the forge takes. Whole lines, and what is open is closed.
cut='
  const fitting = (text, limit, log) => {
    if (text.length <= limit) return text;
    const lines = text.split("\n");
    const kept = [];
    let [room, fence, folds] = [limit - 500, "", 0];
    for (const line of lines) {
      room -= line.length + 1;
      if (room < 0) break;
      kept.push(line);
      const [, mark = ""] = /^ {0,3}(\x60{3,}|~{3,})/.exec(line) ?? [];
      if (fence === "") fence = mark;
      else if (mark.startsWith(fence)) fence = "";
      if (line.startsWith("<details>")) folds += 1;
      if (line.endsWith("</details>")) folds -= 1;
    }
    const more = lines.length - kept.length;
    const ends = [...(fence ? [fence] : []), ...Array(folds).fill("\n</details>")];
    return [...kept, ...ends, "", "**Cut here:** " + more + " more lines are in [the log](" + log + "); the forge takes " + limit + " characters."].join("\n");
  };
'
`;
