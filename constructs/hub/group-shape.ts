import type { ConfigFile } from '../../layers/config-files';
import { describe, isMap } from '../../layers/plain-data';
import type { Problem } from '../../layers/problem';
import { type AnyMap, checkKeys, isExport, knownOnly, type Shape, withoutWrong } from '../shape';
import { componentFieldKeys } from './component';
import { checkLayered, layersShape } from './member-shape';
import { isMisspelt } from './value-problem';

const groupShape: Shape = { description: 'string', owners: 'strings', repoURL: 'string', namespace: 'string', syncPolicy: 'map', bootstrap: 'map' };
const bootstrapShape: Shape = { argoCD: 'string', externalSecrets: 'string' };
const releaseShape: Shape = { description: 'string', version: 'string', components: 'map' };
const componentShape: Shape = {
  ...layersShape,
  repoURL: 'string',
  chart: 'string',
  path: 'string',
  version: 'string',
  namespace: 'string',
  syncPolicy: 'map',
  ignoreDifferences: 'list',
  extraSources: 'list',
  helm: 'map',
  project: 'string',
  selector: 'map',
  applicationName: 'string',
  notSecret: 'reasons',
  notTemplate: 'reasons',
};
const pinShape: Shape = Object.fromEntries(Object.entries(componentShape).filter(([key]) => (componentFieldKeys as readonly string[]).includes(key)));

/** Everything that a component says besides its layers. */
export const componentKeys: readonly string[] = Object.keys(componentShape);

/** What a group's `defaults.ts` exports. */
export function checkGroup({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ namespace, syncPolicy, bootstrap }', problems)) return undefined;
  checkKeys(content, Object.keys(groupShape), part, problems);
  const group = withoutWrong(content, groupShape, part, problems);
  return content.bootstrap === undefined ? group : { ...group, bootstrap: bootstrapOf(content.bootstrap, file, problems) };
}

/** The group is the bootstrap group whatever its components are called; what cannot be read is empty. */
function bootstrapOf(content: unknown, file: string, problems: Problem[]): { readonly argoCD: string; readonly externalSecrets: string } {
  const empty = { argoCD: '', externalSecrets: '' };
  if (!isMap(content)) return empty;
  const part = { file, place: ['bootstrap'] };
  checkKeys(content, Object.keys(bootstrapShape), part, problems);
  for (const key of Object.keys(bootstrapShape)) {
    if ((content[key] !== undefined && content[key] !== '') || isMisspelt(problems, ['bootstrap', key])) continue;
    problems.push({ code: 'missing-field', message: `the bootstrap group needs '${key}'`, ...part, expected: 'the name of the component that it is' });
  }
  return { ...empty, ...knownOnly(withoutWrong(content, bootstrapShape, part, problems), bootstrapShape) };
}

/** What a group's `releases.ts` exports. */
export function checkReleases({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, '{ releases: { default: { … } }, release }', problems)) return undefined;
  const config = checkLayered(content, { ...layersShape, releases: 'map' }, ['release'], part, problems);
  const { releases } = config;
  if (releases === undefined || Object.keys(releases as AnyMap).length === 0) {
    if (content.releases === undefined ? !isMisspelt(problems, ['releases']) : isMap(content.releases)) {
      problems.push({
        code: 'missing-field',
        message: "the file needs 'releases'",
        file,
        place: content.releases === undefined ? [] : ['releases'],
        expected: 'a map of releases by name: { default: { … } }',
        ...(content.releases === undefined ? {} : { found: 'an empty map' }),
      });
    }
    return undefined;
  }
  const known = Object.entries(releases as AnyMap).filter(([, release]) => release !== undefined);
  return { ...config, releases: Object.fromEntries(known.map(([name, release]) => [name, checkRelease(release, name, file, problems)])) };
}

/** The value of a label: kubernetes.io/docs/concepts/overview/working-with-objects/labels. */
const releaseName = /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

function checkRelease(release: unknown, name: string, file: string, problems: Problem[]): AnyMap {
  const part = { file, place: ['releases', name] };
  if (!releaseName.test(name)) {
    problems.push({
      code: 'invalid-name',
      message: `'${name}' cannot name a release: it is the value of a label`,
      ...part,
      expected: "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit",
    });
  }
  if (!isMap(release)) {
    const expected = '{ version, components }';
    problems.push({ code: 'wrong-type', message: `the release '${name}' cannot be read`, ...part, expected, found: describe(release) });
    return {};
  }
  checkKeys(release, Object.keys(releaseShape), part, problems);
  const usable = withoutWrong(release, releaseShape, part, problems);
  const pins = Object.entries((usable.components ?? {}) as AnyMap).flatMap(([component, pin]) => {
    const checked = checkPin(pin, component, { file, place: [...part.place, 'components', component] }, problems);
    return checked === undefined ? [] : [[component, checked]];
  });
  return { ...usable, components: Object.fromEntries(pins) };
}

function checkPin(pin: unknown, component: string, part: { readonly file: string; readonly place: readonly string[] }, problems: Problem[]): unknown {
  if (typeof pin === 'string' || pin === undefined) return pin;
  if (isMap(pin)) {
    checkKeys(pin, componentFieldKeys, part, problems);
    return knownOnly(withoutWrong(pin, pinShape, part, problems), pinShape);
  }
  problems.push({
    code: 'wrong-type',
    message: `what the release says of '${component}' cannot be read`,
    ...part,
    expected: typeof pin === 'number' ? `a version as a string: '${pin}'` : "a version, such as '1.2.3', or { version, chart, namespace, … }",
    found: describe(pin),
  });
  return undefined;
}

/** What a component's file exports. */
export function checkComponent({ file, content }: ConfigFile, problems: Problem[]): AnyMap | undefined {
  const part = { file, place: [] };
  if (!isExport(content, part, 'a component: { repoURL, chart, version, … }', problems)) return undefined;
  return checkLayered(content, componentShape, ['enabled', 'values'], part, problems);
}
