/** The next steps of patches that need nobody: each app's on a branch of its own, proposed as a request. */
export const promoting = String.raw`
# each FILE STEP: runs a step with the words of every line. One that fails keeps no other from going on.
each() {
  while IFS="$tab" read -r branch words <&3; do
    set +e
    (
      set -e
      # What follows the name has no spaces.
      "$2" "$branch" $words
    )
    ended=$?
    set -e
    if [ "$ended" != 0 ]; then say "$branch" >> "$steps/failed"; fi
  done 3< "$steps/$1"
}

promote() {
  dirty=$(promoted | while read -r place; do git status --porcelain -- "$place"; done)
  [ -z "$dirty" ] || fail "This is not committed, and would come along:
$dirty"
  rm -rf "$steps"
  mkdir "$steps"
  touch "$steps/ready"
  # Whoever runs it elsewhere commits under this name, too: by it a branch is told from one that somebody else pushed to.
  export GIT_AUTHOR_NAME="$committer" GIT_AUTHOR_EMAIL="$mail" GIT_COMMITTER_NAME="$committer" GIT_COMMITTER_EMAIL="$mail"
  fleet promote --auto --branches --json > "$steps/all.json" || say 'Not all branches' >> "$steps/failed"
  javascript '
    const { base, branches, waiting, obsolete, problems = [] } = JSON.parse(readFileSync(".steps/all.json", "utf8"));
    if (!branches) process.exit(1);
    for (const { patch, app, clusterType, reason, isStopped } of waiting) console.log((isStopped ? "Stopped: " : "Waiting: ") + patch + " of " + app + " in " + clusterType + ": " + reason);
    for (const { message } of problems) console.log("Fails: " + message);
    const lines = (all) => all.map((words) => words.join("\t") + "\n").join("");
    branches.forEach(({ name, title, body }, index) => {
      writeFileSync(".steps/" + index + ".title", title);
      writeFileSync(".steps/" + index + ".md", body + "\n");
    });
    writeFileSync(".steps/base", base);
    writeFileSync(".steps/made", lines(branches.map(({ name, commit, step }, index) => [name, commit, index, step])));
    obsolete.forEach(({ note }, index) => writeFileSync(".steps/" + index + ".note", note));
    writeFileSync(".steps/obsolete", lines(obsolete.map(({ name }, index) => [name, index])));
  ' 2> "$scratch/why" || fail "$(cat "$steps/all.json" "$scratch/why")"
  if [ ! -s "$steps/made" ]; then
    say 'Nothing moves.'
    return
  fi
  back=$(git symbolic-ref --quiet --short HEAD || git rev-parse HEAD)
  trap 'git checkout --quiet --force "$back" --' EXIT
  each made complete
}

# complete BRANCH COMMIT NUMBER STEP: takes over the snapshots of the tests, which judge the step, and adds to its text how rules judge it.
complete() {
  say "The branch $1:"
  promoted | while read -r place; do if [ -e "$place" ]; then git clean --quiet --force -d -- "$place"; fi; done
  git checkout --quiet --force --detach "$2"
  if [ "$4" != record ]; then
    take_over_snapshots
    promoted | while read -r place; do if [ -e "$place" ]; then git add -A -- "$place"; fi; done
    git diff --cached --quiet || git commit --quiet --amend --no-edit --no-verify
  fi
  {
    say 'Every run brings this up to date, until somebody pushes a commit of their own.'
    part fleet check --since "$(cat "$steps/base")" --format markdown || true
    say
    cat "$steps/$3.md"
  } > "$steps/$3.text"
  cat "$steps/$3.text"
  printf '%s\t%s\t%s\n' "$1" "$(git rev-parse HEAD)" "$3" >> "$steps/ready"
}

find_request() {
  call GET "$api/$requests?$(printf "$query" "$(encoded "$1")" "$(encoded "$main")")"
  [ "$status" = 200 ] || refused 'to list requests'
  # A branch of a fork may be called the same.
  mine='it.find(({ source_project_id: from, project_id: to }) => from === to)'
  id=$(picked "($mine)?.number ?? ($mine)?.iid")
}

# find_branch BRANCH: its commit at the forge is in $seen, and what somebody else pushed to it in $others.
find_branch() {
  others=
  seen=$(remote ls-remote "$repository" "refs/heads/$1" | cut -f 1)
  if [ -n "$seen" ]; then
    remote fetch --quiet "$repository" "refs/heads/$1"
    seen=$(git rev-parse FETCH_HEAD)
    others=$(git log --format='%ce%x09%h %an: %s' "$seen" --not "$(cat "$steps/base")" | awk -F '\t' -v own="$mail" '$1 != own { print "  " $2 }')
  fi
}

# What a commit does, and says but for the moments of evidence.
essence() {
  git rev-parse "$1^{tree}" "$1^1^{tree}"
  git log -1 --format=%B "$1" | sed 's/^\(Fleet-Evidence: .* good\)@[^ ]*/\1/'
}

# propose_step BRANCH COMMIT NUMBER
propose_step() {
  find_branch "$1"
  [ -z "$others" ] || fail "Somebody else pushed to $1, so it stays as it is:
$others
Merge or close its request, or delete the branch: the next run begins it anew."
  # The same once more would take away what reviewers approved.
  if [ -n "$seen" ] && [ "$(essence "$seen")" = "$(essence "$2")" ]; then
    say "$1 is up to date."
  else
    remote push --quiet --force-with-lease="refs/heads/$1:$seen" "$repository" "$2:refs/heads/$1"
    say "Pushed to $1."
  fi
  javascript "$cut"'
    const [limit, log, head, base, number] = words;
    const title = readFileSync(".steps/" + number + ".title", "utf8").slice(0, 250);
    const body = fitting(readFileSync(".steps/" + number + ".text", "utf8"), Number(limit), log);
    const isGitHub = process.env.GITHUB_ACTIONS;
    const text = isGitHub ? { title, body } : { title, description: body };
    writeFileSync("text.json", JSON.stringify(text));
    const branches = isGitHub ? { head, base } : { source_branch: head, target_branch: base, remove_source_branch: true };
    writeFileSync("request.json", JSON.stringify({ ...text, ...branches }));
  ' "$limit" "$log" "$1" "$main" "$3"
  find_request "$1"
  if [ -z "$id" ]; then
    call POST "$api/$requests" request.json
    if [ "$status" = 201 ]; then
      say "Opened $(picked 'it.html_url ?? it.web_url')"
      return
    fi
    why=$(cat "$scratch/answer.json")
    code=$status
    # It is there already: another run was faster.
    case $code in 409 | 422) find_request "$1" ;; esac
    [ -n "$id" ] || fail "The API refuses to open a request: $code $why" \
      'On GitHub the settings have to allow it: Actions, General, Allow GitHub Actions to create and approve pull requests.'
  fi
  call "$edit" "$api/$requests/$id" text.json
  [ "$status" = 200 ] || refused 'to bring the request up to date'
  say "Brought up to date: $(picked 'it.html_url ?? it.web_url')"
}

# close_step BRANCH NUMBER: closes the request of a branch that nobody would make now, and says why in its text.
close_step() {
  find_branch "$1"
  [ -n "$seen" ] || return 0
  find_request "$1"
  [ -n "$id" ] || return 0
  if [ -n "$others" ]; then
    say "The step of $1 may not be made any more, but somebody else pushed to it, so its request stays open:
$others"
    return 0
  fi
  picked "($mine).body ?? ($mine).description" > "$scratch/old.md"
  javascript "$cut"'
    const [limit, log, number] = words;
    const note = readFileSync(".steps/" + number + ".note", "utf8");
    const text = fitting(readFileSync("old.md", "utf8").trimEnd(), Number(limit) - note.length - 2, log) + "\n\n" + note;
    writeFileSync("closing.json", JSON.stringify(process.env.GITHUB_ACTIONS ? { state: "closed", body: text } : { state_event: "close", description: text }));
  ' "$limit" "$log" "$2"
  call "$edit" "$api/$requests/$id" closing.json
  [ "$status" = 200 ] || refused 'to close the request'
  say "Closed $(picked 'it.html_url ?? it.web_url')"
}

propose() {
  [ -d "$steps" ] || fail 'There is nothing of "promote" here: it runs first, in this clone.'
  if [ ! -s "$steps/ready" ] && [ ! -s "$steps/obsolete" ]; then
    say 'Nothing moves, so there is nothing to propose.'
  else
    token=$promote_token
    [ -n "$token" ] || fail 'There is no FLEET_PROMOTE_TOKEN: it pushes branches and opens requests.'
    each ready propose_step
    each obsolete close_step
  fi
  [ ! -e "$steps/failed" ] || fail "Not everything was done: $(tr '\n' ' ' < "$steps/failed")"
}
`;
