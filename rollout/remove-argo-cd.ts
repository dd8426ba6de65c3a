import { inArgoCD, type MoveStep, type MovingFleet, type MovingMember } from './move-step';

/** Removes the Argo CD of a spoke: nobody manages it any more, and it holds credentials. */
export function removeArgoCD(member: MovingMember, { bootstrap }: MovingFleet): MoveStep {
  const { name, components, credentials } = member;
  const charts = components.filter(({ group }) => group === bootstrap).map((component) => `${component.name} ${component.version}`);
  return {
    title: `Remove the Argo CD of ${name}`,
    edits: [],
    effect: 'nothing is deployed by it any more; its Applications carry no finalizer, so removing them removes nothing else',
    waitFor: [
      { ...inArgoCD(member, 'own', 'delete applications.argoproj.io fleet'), shows: 'deleted' },
      { ...inArgoCD(member, 'own', `delete ${credentials.join(',')} --all`), shows: 'deleted: repository credentials go with them' },
      {
        ...inArgoCD(member, 'own', 'delete -f -'),
        shows: `deleted; it reads what \`helm template\` makes of ${charts.join(', then of ') || 'the charts'}, without their custom resource definitions: there is no Helm release`,
      },
    ],
  };
}
