import type { Workspace } from './workspace';

/** Gives workspaces back as they are, and removes them after the tests of the file that asks. */
export function removedAfterwards(): <T extends Workspace>(workspace: T) => T {
  const workspaces: Workspace[] = [];
  afterAll(() => {
    for (const workspace of workspaces) workspace.remove();
  });
  return (workspace) => {
    workspaces.push(workspace);
    return workspace;
  };
}
