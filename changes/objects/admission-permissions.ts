import { fieldsOf } from '../fields';
import type { Content } from '../state';
import { mapIn, mapsIn, type PlainMap, textIn, textsIn } from './object-words';
import { atAnyTarget, type ObjectPlace, type Permission } from './permission';

/** What webhooks are shown, or may change, of what the whole cluster asks for. */
export function ofWebhooks(verb: 'changes' | 'sees', { webhooks }: Content, { target }: ObjectPlace): readonly Permission[] {
  return mapsIn(webhooks).flatMap((webhook) => {
    const who = askedBy(mapIn(webhook.clientConfig));
    const of = atAnyTarget(`${verb} ${who}`, target);
    const selected = selectionOf(webhook);
    return mapsIn(webhook.rules).flatMap(({ operations, apiGroups, resources, scope }) =>
      textsIn(operations).flatMap((operation) =>
        textsIn(apiGroups).flatMap((group) =>
          textsIn(resources).map((resource) => {
            const [kind = '', below = ''] = resource.split('/');
            return {
              text: `${who} ${verb} ${operation} ${resource}${group === '' ? '' : `.${group}`}`,
              of,
              parts: [operation, group === '' ? 'core' : group, kind, below, textIn(scope) || '*', selected],
            };
          }),
        ),
      ),
    );
  });
}

/** Whoever a webhook is: the certificates by which it is known change by themselves. */
function askedBy({ url, service }: PlainMap): string {
  const { namespace, name, path } = mapIn(service);
  return textIn(url) || `Service ${textIn(namespace)}/${textIn(name)}${textIn(path)}`;
}

/** Which objects it is asked about. */
function selectionOf({ namespaceSelector, objectSelector, matchConditions }: PlainMap): string {
  const selectors = [...fieldsOf({ namespaceSelector: mapIn(namespaceSelector), objectSelector: mapIn(objectSelector) })];
  const said = [...selectors.filter(([, value]) => JSON.stringify(value) !== '{}'), ...mapsIn(matchConditions).map(({ expression }) => ['if', expression])];
  return said.length === 0 ? '*' : JSON.stringify(said.map((one) => JSON.stringify(one)).sort());
}

/** Who may use constraints of OpenShift's, and what they let pods do. */
export function ofConstraints(name: string, object: Content, { target }: ObjectPlace): readonly Permission[] {
  const of = `constraints ${atAnyTarget(name, target)}`;
  const who = [...textsIn(object.users), ...textsIn(object.groups)].map((one) => ({ text: `${one} may use the constraints '${name}'`, key: one }));
  const flags = Object.keys(object).filter((key) => /^allow/.test(key) && object[key] === true);
  const volumes = [...textsIn(object.allowedCapabilities), ...textsIn(object.volumes)];
  const what = [...flags, ...volumes].map((one) => ({ text: `pods with the constraints '${name}' may have ${one}`, key: one }));
  return [
    ...who.map(({ text, key }) => ({ text, of, parts: ['who', atAnyTarget(key, target)] })),
    ...what.map(({ text, key }) => ({ text, of, parts: ['what', key] })),
  ];
}
