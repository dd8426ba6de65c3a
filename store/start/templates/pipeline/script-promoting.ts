/** The next steps of patches that need nobody: taken, and proposed as a request. */
export const promoting = String.raw`
promote() {
  rm -f "$scratch/title"
  fleet promote --auto --json > "$scratch/moved.json" || fail "$(cat "$scratch/moved.json")"
  javascript '
    const { moved, waiting } = JSON.parse(readFileSync("moved.json", "utf8"));
    for (const { patch, app, clusterType, reason } of waiting) console.log("Waiting: " + patch + " of " + app + " in " + clusterType + ": " + reason);
    const steps = moved.map(({ patch, app, clusterType, path }) => patch + " of " + app + " in " + clusterType + (path ? " to " + path : " into the base"));
    if (steps.length === 0) process.exit();
    const title = steps.length === 1 ? "Promote " + steps[0] : "Promote " + steps.length + " patches";
    writeFileSync("title", title);
    writeFileSync("message", [title, "", ...(steps.length === 1 ? [] : steps)].join("\n"));
    const goingOn = moved.filter(({ path }) => path).map(({ clusterType, app, patch }) => [clusterType, app, patch].join(" ") + "\n");
    writeFileSync("patches", goingOn.join(""));
    writeFileSync("steps.md", steps.map((step) => "- \x60" + step + "\x60\n").join(""));
  '
  if [ ! -s "$scratch/title" ]; then
    say 'Nothing moves.'
    return
  fi
  take_over_snapshots
  start=HEAD
  how=
  {
    say 'The next steps of patches that need nobody and have soaked. Every run brings this up to date, until somebody pushes a commit of their own.'
    say
    cat "$scratch/steps.md"
    say
    say 'What comes after them:'
    while read -r type app patch; do
      part fleet plan "$type" "$app" "$patch" < /dev/null | sed 's/^/    /'
    done < "$scratch/patches"
    changes
  } > "$scratch/request.md"
  cat "$scratch/request.md"
}

find_request() {
  call GET "$api/$requests?$query$(javascript 'console.log(encodeURIComponent(words[0]))' "$main")"
  [ "$status" = 200 ] || refused 'to list requests'
  # A branch of a fork may be called the same.
  id=$(picked 'it.map(({ number, iid, source_project_id: from, project_id: to }) => (from === to ? (number ?? iid) : undefined)).find((one) => one)')
}

push_promotion() {
  from=$(git rev-parse HEAD)
  seen=$(remote ls-remote "$repository" "refs/heads/$name" | cut -f 1)
  if [ -n "$seen" ]; then
    remote fetch --quiet "$repository" "refs/heads/$name"
    seen=$(git rev-parse FETCH_HEAD)
    others=$(git log --format='%ce%x09%h %an: %s' "$seen" --not "$from" | awk -F '\t' -v own="$mail" '$1 != own { print "  " $2 }')
    [ -z "$others" ] || fail "Somebody else pushed to $name, so it stays as it is:
$others
Merge or close its request, or delete the branch: the next run begins it anew."
  fi
  promoted | while read -r place; do if [ -e "$place" ]; then git add -A -- "$place"; fi; done
  git -c "user.name=$committer" -c "user.email=$mail" commit --quiet --file "$scratch/message"
  # The same once more would take away what reviewers approved.
  if [ -n "$seen" ] && [ "$(git rev-parse "$seen^{tree}" "$seen^")" = "$(git rev-parse 'HEAD^{tree}' "$from")" ]; then
    say "$name is up to date."
  else
    remote push --quiet --force-with-lease="refs/heads/$name:$seen" "$repository" "HEAD:refs/heads/$name"
    say "Pushed to $name."
  fi
}

propose() {
  if [ ! -s "$scratch/title" ]; then
    say 'Nothing moves, so there is nothing to propose.'
    return
  fi
  token=$promote_token
  [ -n "$token" ] || fail 'There is no FLEET_PROMOTE_TOKEN: it pushes a branch and opens a request.'
  push_promotion
  javascript "$cut"'
    const [limit, log, head, base] = words;
    const [title, body] = [readFileSync("title", "utf8"), fitting(readFileSync("request.md", "utf8"), Number(limit), log)];
    const isGitHub = process.env.GITHUB_ACTIONS;
    const text = isGitHub ? { title, body } : { title, description: body };
    writeFileSync("text.json", JSON.stringify(text));
    const branches = isGitHub ? { head, base } : { source_branch: head, target_branch: base, remove_source_branch: true };
    writeFileSync("request.json", JSON.stringify({ ...text, ...branches }));
  ' "$limit" "$log" "$name" "$main"
  find_request
  if [ -z "$id" ]; then
    call POST "$api/$requests" request.json
    if [ "$status" = 201 ]; then
      say "Opened $(picked 'it.html_url ?? it.web_url')"
      return
    fi
    why=$(cat "$scratch/answer.json")
    code=$status
    # It is there already: another run was faster.
    case $code in 409 | 422) find_request ;; esac
    [ -n "$id" ] || fail "The API refuses to open a request: $code $why" \
      'On GitHub the settings have to allow it: Actions, General, Allow GitHub Actions to create and approve pull requests.'
  fi
  call "$edit" "$api/$requests/$id" text.json
  [ "$status" = 200 ] || refused 'to bring the request up to date'
  say "Brought up to date: $(picked 'it.html_url ?? it.web_url')"
}
`;
