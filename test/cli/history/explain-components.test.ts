import { explainNow } from '../../../cli/read/history/explain-now';
import { buildHubFleet, certManager, withComponent } from '../../builders/hub-builder';

const overrides = { ...certManager.overrides, 'shop/dev': { namespace: 'here', helm: { valuesObject: { size: 9 } } } };

test('a field of an Application is said by the layer that has another name for it', () => {
  const { fields } = explainNow(buildHubFleet(withComponent({ overrides })), { target: 'shop/dev/spoke-1', app: 'cert-manager' });
  const said = (name: string) => fields.find(({ field }) => field === name);
  const own = { layer: 'override shop/dev', file: 'config/addons/cert-manager.ts' };
  expect(said('destination.namespace')).toMatchObject({ value: 'here', layer: own, hid: [] });
  expect(said('sources.0.helm.valuesObject.size')).toMatchObject({ value: 9, layer: own });
  expect(said('sources.0.repoURL')).toMatchObject({ layer: { layer: 'base', file: 'config/addons/cert-manager.ts' } });
  expect(said('version')).toMatchObject({ layer: { file: 'config/addons/releases.ts' } });
});
