import { argoCDVersions, newestArgoCD } from './fields-since';
import type { Field, Shape } from './shape';

/** What `fleet.ts` of any fleet says, whatever its dimensions are called. */
const settings = {
  repository: {
    is: 'string',
    about: 'the Git repository of `dist/`, as Argo CD reaches it',
    required: 'the Git repository of dist/, as Argo CD reaches it',
    default: 'required',
  },
  revision: { is: 'string', about: 'the revision that root ApplicationSets follow', default: '`HEAD`' },
  path: {
    is: 'string',
    about: 'the folder of rendered output, from the top of the repository, whichever folder commands run in',
    default: '`dist`',
  },
  labelPrefix: {
    is: 'string',
    about: 'prefix of the labels that clusters are selected by: `{prefix}/cluster-type`, `{prefix}/environment`, …',
    default: '`fleet`',
  },
  argoCD: {
    is: 'word',
    words: argoCDVersions,
    about: 'the oldest version of Argo CD that reads the output: fields that it does not know are errors; as text',
    default: `\`'${newestArgoCD}'\``,
  },
  adopted: {
    is: 'boolean',
    about: 'whether this is a running fleet that was adopted: tokens that nobody in it injects are warnings',
    default: '`false`',
  },
  promotionLevel: { is: 'string', about: 'the dimension, in the singular, whose nodes a change enters whole', default: 'the last but one' },
  waves: { is: 'waves', about: "in which parts a change enters the targets of nodes that say nothing of it: `[1, '10%', 'rest']`", default: 'all at once' },
  evidence: { is: 'evidence', about: '[by what a change goes on](evidence.md) from any node, beside the time: `[argoCD({ … })]`' },
} as const satisfies Shape;

/** `fleet.ts`, without the hierarchy. */
export const fleetShape = {
  ...settings,
  dimensions: {
    is: 'list',
    about: "the levels from the outermost in, in the plural: `['tenants', 'environments', 'clusters']`; irregular ones as `{ plural, singular }`",
    default: "`['environments', 'sectors', 'regions']`",
  },
} as const satisfies Shape;

/** The list of a fleet's outermost nodes, whatever it is called. */
export const outermostNodes = {
  is: 'list',
  apart: true,
  about: 'the nodes of the outermost dimension: `{ name, promotion, sectors: […] }`; the innermost are names, or `{ name, promotion }`',
  default: 'required',
} as const satisfies Field;

/** Why nothing is promoted into a node, and until when. */
const freezeShape = {
  reason: { is: 'string', filled: 'why nothing is promoted into it', about: 'why nothing is promoted into it', required: true, default: 'required' },
  until: { is: 'date', noun: 'the end of the freeze', about: 'its last day, in UTC, or a day with a time', default: 'until it is taken out' },
} as const satisfies Shape;

/** A node of the hierarchy, without the nodes below it. */
export const nodeShape = {
  name: { is: 'string', apart: true, about: 'how it is called, and its folder', default: 'required' },
  promotion: {
    is: 'word',
    words: ['manual', 'automated'],
    noun: "the gate of '{name}'",
    about: 'what it takes for a change to enter the node',
    default: "`'automated'`",
  },
  soak: {
    is: 'duration',
    noun: "the soak time of '{name}'",
    about: "how long a change stays there before `fleet promote --auto` takes it on: `'24h'`, `'90m'`, `'7d'`",
    default: 'no time at all',
  },
  approvers: {
    is: 'strings',
    filled: "whom the forge asks: '@user', '@company/team' or a mail address",
    about: 'whose review a forge demands for what is rendered below the node, by `fleet owners --codeowners`',
  },
  freeze: {
    is: 'map',
    keys: freezeShape,
    orText: true,
    filled: 'why nothing is promoted into it',
    expected: 'a reason, or { reason, until }',
    whose: "the freeze of '{name}'",
    about: "why no command promotes anything into the node or what is below it: `'reason'`, or `{ reason, until: '2026-12-31' }`",
  },
  budget: {
    is: 'counts',
    noun: "the budget of '{name}'",
    about: 'how much of the node may change in one merge: `{ targets: 5 }`, or `{ sectors: 1 }` with a dimension below it, in the plural',
    default: 'as much as anybody likes',
  },
  waves: {
    is: 'waves',
    noun: "the waves of '{name}'",
    about: "in which parts a change enters the targets of the node: `[1, '10%', 'rest']`",
    default: "those of the node above, or the fleet's",
  },
  evidence: {
    is: 'evidence',
    noun: "the evidence of '{name}'",
    about: 'by what a change goes on from the node, beside the time, and beside what the nodes above ask: `[argoCD({ … })]`',
  },
} as const satisfies Shape;

/** How the labels are called that everything follows from in a fleet of hubs and spokes. */
export const labelNamesShape = {
  member: { is: 'string', about: 'of the label that says `hub` or `spoke`', default: '`fleet_member`' },
  tenant: { is: 'string', about: 'of the label with the tenant', default: '`tenant`' },
  environment: { is: 'string', about: 'of the label with the environment', default: '`environment`' },
  cluster: { is: 'string', about: 'of the label with the name of the cluster', default: '`cluster_name`' },
  enable: { is: 'string', about: 'of the label that says whether a cluster gets a component', default: '`enable_{component}`' },
  release: { is: 'string', about: 'of the label with the release of a group', default: '`{group}Release`' },
  remoteArgo: { is: 'string', about: 'of the label that says whether a cluster has an Argo CD of its own', default: '`use_remote_argo`' },
  remoteGroup: { is: 'string', about: 'of the label that says whether that Argo CD deploys a group', default: '`enable_remote_{group}`' },
} as const satisfies Shape;

const { adopted: _, ...common } = settings;

/** `fleet.ts` of a fleet of hubs and spokes. */
export const hubFleetShape = {
  topology: { is: 'word', apart: true, words: ['hub-and-spoke'], about: "`'hub-and-spoke'`", default: 'required' },
  ...common,
  sequence: {
    is: 'word',
    words: ['tenants', 'environments'],
    noun: 'the sequence',
    about: 'what goes [first in the rollout](../rollouts.md#the-sequence): one tenant after the other, or one environment, of all tenants, after the other',
    default: "`'tenants'`",
  },
  platformNamespace: { is: 'string', about: 'the namespace of Argo CD, on every hub and every distributed spoke that says none', default: '`argocd`' },
  annotations: {
    is: 'word',
    words: ['anywhere', 'git'],
    noun: 'the source of annotations',
    about:
      'where [annotations](#what-only-the-cluster-knows) that components need come from: anywhere, or all from Git and from named keys, so that one that is missing is an error',
    default: "`'anywhere'`",
  },
  labelNames: { is: 'map', about: 'how the [labels](#labels) are called', keys: labelNamesShape, default: 'see there' },
  notSecret: {
    is: 'reasons',
    no: 'secret',
    about: 'values that look like a [secret](#nothing-secret-in-git) and are none: their exact paths, with a reason',
  },
  tenants: {
    is: 'list',
    about: 'the tenants, each with its environments, in the order of the rollout: `{ name, promotion, environments: […] }`',
    default: 'required',
  },
} as const satisfies Shape;
