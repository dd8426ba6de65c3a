import { kubectl, type MoveStep, type MovingFleet, type MovingMember } from './move-step';

/** Removes the Argo CD of a spoke: nobody manages it any more, and it holds credentials. */
export function removeArgoCD({ name, components, credentials }: MovingMember, { namespace, bootstrap }: MovingFleet): MoveStep {
  const charts = components.filter(({ group }) => group === bootstrap).map((component) => `${component.name} ${component.version}`);
  return {
    title: `Remove the Argo CD of ${name}`,
    edits: [],
    effect: 'nothing is deployed by it any more; its Applications carry no finalizer, so removing them removes nothing else',
    waitFor: [
      { cluster: name, command: kubectl(namespace, 'delete applications.argoproj.io fleet'), shows: 'deleted' },
      { cluster: name, command: kubectl(namespace, `delete ${credentials.join(',')} --all`), shows: 'deleted: repository credentials go with them' },
      {
        cluster: name,
        command: kubectl(namespace, 'delete -f -'),
        shows: `deleted; it reads what \`helm template\` makes of ${charts.join(', then of ') || 'the charts'}, without their custom resource definitions: there is no Helm release`,
      },
    ],
  };
}
