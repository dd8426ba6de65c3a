import type { MemberView } from '../../constructs';
import { plural } from '../../layers/text/problem-text';
import { aligned, type Row, tableLines } from './rows';

/** One line for each cluster, as narrow as it can be: what is the same for all stands below, once. */
export function clustersTable(members: readonly MemberView[]): readonly string[] {
  const common = commonReleases(members);
  const head = ['CLUSTER', 'TENANT/ENV', 'HUB', 'MODEL', 'RELEASES', 'COMPONENTS'];
  const rows = members.map((member) => [
    member.name,
    `${member.tenant}/${member.environment}`,
    member.kind === 'hub' ? '-' : member.hub,
    modelText(member),
    releasesText(member, common),
    String(member.components.length),
  ]);
  const hubs = members.filter(({ kind }) => kind === 'hub').length;
  const rest = Object.entries(common).map(([group, release]) => `${group} ${release}`);
  return [
    ...(tableLines([head, ...rows]) ?? rows.flatMap(stacked)),
    '',
    `${plural(hubs, 'hub')}, ${plural(members.length - hubs, 'spoke')}${rest.length > 0 ? `; where nothing else is said: ${rest.join(', ')}` : ''}`,
  ];
}

/** A cluster where a line is too short for all of it. */
function stacked([name = '', place = '', hub = '', model = '', releases = '', components = '']: readonly string[]): readonly string[] {
  return [
    `${name}  ${place}`,
    `  ${[model, ...(hub === '-' ? [] : [`of ${hub}`]), ...(releases === '-' ? [] : [releases]), `${components} components`].join('; ')}`,
  ];
}

/** The release of each group that most clusters have; of several, the first by name. */
function commonReleases(members: readonly MemberView[]): { readonly [group: string]: string } {
  const counts = new Map<string, Map<string, number>>();
  for (const { releases } of members) {
    for (const [group, release] of Object.entries(releases)) {
      const own = counts.get(group) ?? new Map<string, number>();
      counts.set(group, own.set(release, (own.get(release) ?? 0) + 1));
    }
  }
  return Object.fromEntries([...counts].map(([group, own]) => [group, [...own].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? '']));
}

function releasesText({ releases }: MemberView, common: { readonly [group: string]: string }): string {
  const other = Object.entries(releases).filter(([group, release]) => common[group] !== release);
  return other.map(([group, release]) => `${group} ${release}`).join(', ') || '-';
}

function modelText({ kind, model, manages }: MemberView): string {
  if (kind === 'hub') return 'hub';
  return manages.length > 0 ? `${model}: ${manages.join(', ')}` : model;
}

/** One cluster, with all of its components. */
export function clusterDetail(member: MemberView): readonly string[] {
  const { name, tenant, environment, hub, kind, model, secret, file, home, components, labels, annotations } = member;
  const rows: readonly Row[] = [
    ['place', `${tenant}/${environment}`],
    ...(kind === 'hub' ? [] : [['hub', hub] as const]),
    ['model', modelText(member)],
    ['secret', secret],
    ['reads', `${home.repository} at ${home.revision}, below ${home.path}`],
    ...(kind === 'hub' || model === 'distributed' ? [['argo cd', `in the namespace ${home.platformNamespace}`] as const] : []),
    ...(file === undefined ? [] : [['file', file] as const]),
    ...Object.entries(member.releases).map(([group, release]) => ['release', `${group} ${release}`] as const),
    ...Object.entries(labels).map(([label, value]) => ['label', `${label}=${value}`] as const),
    ...annotations.map((one) => ['annotation', annotationText(one)] as const),
  ];
  const width = Math.max(0, ...components.map((component) => `${component.group}/${component.name}`.length));
  const versions = Math.max(0, ...components.map(({ version }) => version.length));
  return [
    name,
    ...aligned(rows),
    '',
    components.length === 0 ? 'It gets no component.' : `${plural(components.length, 'component')}:`,
    ...components.map((one) => `  ${`${one.group}/${one.name}`.padEnd(width)}  ${one.version.padEnd(versions)}  from ${one.deployedBy}${moreText(one)}`),
  ];
}

function moreText({ after, uninstall }: MemberView['components'][number]): string {
  return `${after ? `, after ${after.join(' and ')}` : ''}${uninstall ? ', being uninstalled' : ''}`;
}

/** What it is, or where it comes from, and what needs it. */
function annotationText({ name, value, from, components }: MemberView['annotations'][number]): string {
  return `${name}${value === undefined ? ` ${from}` : `=${value}`}${components.length > 0 ? `, for ${components.join(', ')}` : ''}`;
}

/** A cluster for programs. */
export function clusterData({ mentions: _, ...member }: MemberView): object {
  return member;
}
