/** What a request and a push bring: judged, and shown in the request. */
export const judging = `
# Where a request starts. GitHub, and GitLab with merged results, check out what merging it gives: the first parent is what it would be merged into.
# Else it is the target branch as it is now, and the commits of the request are judged as the one change that merging makes of them.
find_start() {
  how=
  if [ -n "$GITHUB_ACTIONS$CI_MERGE_REQUEST_TARGET_BRANCH_SHA" ]; then
    git rev-parse --quiet --verify 'HEAD^2' > /dev/null || fail 'What is checked out is no merge: leave it to the forge to check out what merging the request gives.'
    start=$(git rev-parse 'HEAD^1')
  else
    remote=origin
    if [ -n "$is_fork" ]; then remote=$CI_MERGE_REQUEST_PROJECT_URL.git; fi
    git fetch --quiet "$remote" "refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    start=$(git rev-parse FETCH_HEAD)
    how=--as-one
  fi
}

# A fleet that begins with the request starts from nothing.
from_base() {
  if [ "$event" = request ]; then
    find_start
    rm -rf "$scratch/base"
    git worktree prune
    git worktree add --force --detach "$scratch/base" "$(git merge-base HEAD "$start")"
    base=$scratch/base/$here'config'
    if [ -d "$base" ]; then export FLEET_BASE=$base; fi
  fi
  "$@"
}

check() {
  how=
  start=$before
  if [ "$event" = request ]; then
    find_start
  elif [ -z "$(printf %s "$before" | tr -d 0)" ]; then
    say 'The branch begins with this push: there is nothing to judge it by.'
    fleet check --format "$format"
    return
  elif ! git merge-base --is-ancestor "$before" HEAD; then
    fail "The branch was rewritten: $before, which it was at, does not lead to $(git rev-parse HEAD). What went with that nobody can judge here."
  fi
  fleet check --since "$start" $how --format "$format"
}

# part COMMAND …: what a command says; or where it says nothing, why, and 1.
part() {
  say
  if "$@" > "$scratch/said" 2> "$scratch/why" || [ -s "$scratch/said" ]; then
    cat "$scratch/said"
    cat "$scratch/why" >&2
    return
  fi
  say "'$1 $2' fails:"
  say
  sed 's/^/    /' "$scratch/why"
  return 1
}

changes() {
  part fleet check --since "$start" $how --format markdown || return 0
  part fleet diff "$(git merge-base HEAD "$start")" --format markdown
}

report() {
  find_start
  {
    say "$marker"
    if [ -n "$here" ]; then say "## Fleet in $here"; else say '## Fleet'; fi
    changes
  } > "$scratch/report.md"
  cat "$scratch/report.md"
}

# Where the report cannot become a comment, the log has it.
without_comment() {
  say "No comment: $1. The report is in the log."
  exit 0
}

accepted() {
  case $status in
    200 | 201) return ;;
    401 | 403 | 404) if [ -n "$is_fork" ]; then without_comment 'the request comes from a fork, whose pipeline may not write here'; fi ;;
  esac
  refused "$1" "$2"
}

# Its number; and none where there is none. What somebody else wrote begins with the marker, too, where it quotes us.
find_comment() {
  me=
  if [ -z "$GITHUB_ACTIONS" ]; then
    call GET "$CI_API_V4_URL/user"
    accepted 'to tell whose FLEET_COMMENT_TOKEN is'
    me=$(picked it.id)
  fi
  for page in $(seq 100); do
    call GET "$api/$comments?per_page=100&page=$page"
    accepted 'to list comments'
    id=$(picked 'it.find(({ body, user, author }) => body?.startsWith(words[1]) && (author ? String(author.id) === words[2] : user?.type === "Bot"))?.id' "$marker" "$me")
    if [ -n "$id" ] || [ "$(picked it.length)" -lt 100 ]; then return; fi
  done
}

comment() {
  token=$comment_token
  if [ -z "$token" ]; then without_comment 'there is no FLEET_COMMENT_TOKEN, as for every request from a fork'; fi
  find_comment
  javascript "$cut"'
    const [limit, log] = words;
    writeFileSync("comment.json", JSON.stringify({ body: fitting(readFileSync("report.md", "utf8"), Number(limit), log) }));
  ' "$limit" "$log"
  status=404
  if [ -n "$id" ]; then call "$edit" "$api/$comment/$id" comment.json; fi
  # There is none yet, or somebody deleted it meanwhile.
  if [ "$status" = 404 ]; then call POST "$api/$comments" comment.json; fi
  accepted 'the comment' 'On GitHub the job needs the permission pull-requests: write; on GitLab the token needs the scope api.'
  say 'The report is a comment of the request.'
}
`;
