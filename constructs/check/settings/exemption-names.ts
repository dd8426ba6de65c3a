import { type Finding, unread } from '../../../layers/consequences';
import { everywhere } from '../../../layers/hierarchy';
import { lawRules, removalRule } from '../../../layers/law/law';
import { Suggestions } from '../../../layers/text/nearest';
import { ownRulesFile } from '../../tree/fleet-tree';
import type { FleetSubject } from '../fleet-rule';

/** An exemption is of a rule, an app and a node that there are; one that lets something leave may stand a while longer. */
export function* exemptionNames({ fleet, model }: FleetSubject): Generator<Finding> {
  const apps = model.clusterTypes.flatMap((clusterType) => clusterType.apps.map(({ construct }) => `${clusterType.name}/${construct.name}`));
  const rules = [...lawRules, ...fleet.rules.map(({ rule }) => rule.id)];
  const suggestions = new Suggestions();
  for (const { exemption, origin } of fleet.exemptions) {
    const { rule, app, path } = exemption;
    if (rule === removalRule) continue;
    if (!rules.includes(rule)) {
      yield {
        code: 'unknown-rule',
        message: `an exemption is of the rule '${rule}', which does not exist`,
        ...origin('rule'),
        expected: 'the id of a rule: `npx fleet check --rules` lists them',
        hint: suggestions.for(rule, rules, 'rules'),
        follows: [unread(ownRulesFile)],
      };
    }
    if (app !== everywhere && !apps.includes(app)) {
      const [clusterType = ''] = app.split('/');
      yield {
        code: 'unknown-app',
        message: `an exemption is of the app '${app}', which does not exist`,
        ...origin('app'),
        expected: "'CLUSTER-TYPE/APP', or '*' for all",
        hint: suggestions.for(app, apps, 'apps'),
        follows: [unread(clusterType)],
      };
    }
    if (path !== everywhere && !model.hierarchy.has(path)) {
      yield {
        code: 'unknown-path',
        message: `an exemption is of the dimension path '${path}', which does not exist`,
        ...origin('path'),
        expected: "a dimension path, or '*' for the whole fleet",
        hint: suggestions.for(path, model.hierarchy.paths, 'paths'),
        // In a fleet of hubs and spokes these say which nodes there are.
        follows: ['tenants', 'hubs', 'spokes'].map((folder) => unread(folder)),
      };
    }
  }
}
