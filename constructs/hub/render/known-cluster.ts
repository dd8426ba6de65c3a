import type { Manifest } from '../../../layers/output';
import { isMap } from '../../../layers/plain-data';
import { clusterKey, encodeToken } from '../../../layers/text/token';
import type { SecretPart } from '../../argocd/cluster-secret';
import { asWritten } from '../external-secrets/external-secret';

/** A cluster as the templates of ApplicationSets see it, as far as Git says it: in the place of everything else stand tokens. */
export interface KnownCluster {
  readonly name: string;
  readonly nameNormalized: string;
  readonly server: string;
  /** A label or an annotation of the cluster secret: empty where it has none. */
  textOf(part: SecretPart, key: string): string;
  /** Equal for clusters of which the same is known. */
  readonly id: string;
}

type Unread = { readonly [key: string]: unknown };

/**
 * What the registration of a cluster says of the secret that it makes. Labels and annotations of the template win over those that
 * come from the secret manager, which may have any other where the registration reads them from there.
 *
 * @param registration @default - nobody knows it
 */
export function knownCluster(name: string, registration: Manifest | undefined): KnownCluster {
  const template = mapIn(mapIn(mapIn(registration?.spec).target).template);
  const metadata = mapIn(template.metadata);
  const targets = (Array.isArray(template.templateFrom) ? template.templateFrom : []).map((one) => mapIn(one).target);
  const server = writtenIn(mapIn(template.data).server);
  // As Argo CD makes a name of Kubernetes of it; others are not followed here.
  const isNormal = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name);
  return {
    name,
    nameNormalized: isNormal ? name : encodeToken({ key: 'nameNormalized', origin: 'nameNormalized' }),
    server: server ?? encodeToken({ key: 'server', origin: 'server' }),
    textOf: (part, key) => {
      const texts = mapIn(metadata[part]);
      const said = Object.hasOwn(texts, key) ? writtenIn(texts[key]) : undefined;
      if (said !== undefined) return said;
      const isSaid = Object.hasOwn(texts, key) || !registration || targets.includes(part === 'labels' ? 'Labels' : 'Annotations');
      return isSaid ? encodeToken({ key: clusterKey(key), origin: `${part.slice(0, -1)} ${key}` }) : '';
    },
    id: JSON.stringify([metadata.labels, metadata.annotations, targets, server]),
  };
}

const brace = asWritten('{{');

/** A text that External Secrets leaves as it is; `undefined` where it fills something in. */
function writtenIn(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const parts = text.split(brace);
  return parts.some((part) => part.includes('{{')) ? undefined : parts.join('{{');
}

function mapIn(value: unknown): Unread {
  return isMap(value) ? value : {};
}
