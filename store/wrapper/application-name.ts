import { parametersOf } from './application-set';
import { TemplateError } from './go-syntax';
import { filledIn, unknownIn } from './go-template';
import type { Instance } from './instances';
import type { Layout } from './layout';
import type { WrapperMember } from './members';
import type { Data } from './values';

/** The name in the template of an ApplicationSet's Applications. */
const namePattern = /\n +template:\s*\n +metadata:\s*\n\s*name: *(?:'([^'\n]*)'|"([^"\n]*)"|([^\s'"][^\n]*?)) *\n/;

/**
 * What the Application of a component is called: the wrapper's own templates say it, in a place that all of its versions have.
 *
 * @param generated what the cluster generator gives besides the cluster
 * @returns `undefined` where they say it in another way
 */
export function applicationName(
  { chart, values }: Instance,
  key: string,
  said: Data,
  member: WrapperMember,
  generated: Data,
  layout: Layout,
): string | undefined {
  // Of the values, this component alone: its ApplicationSet is the only one then.
  const kept = Object.fromEntries(Object.entries(values).filter(([name, value]) => name === key || !isComponent(value)));
  const data = { Values: { ...kept, mergeValues: undefined, [key]: said }, Release: {}, Chart: {} };
  for (const path of layout.templatesOf(chart)) {
    try {
      const [, single, double, plain] = namePattern.exec(filledIn(layout.text(path), data, { otherwise: '' })) ?? [];
      const name = single ?? double ?? plain;
      if (name === undefined) continue;
      const whole = filledIn(name, { ...parametersOf(member), values: generated });
      if (unknownIn(whole) === undefined) return whole;
    } catch (cause) {
      if (!(cause instanceof TemplateError)) throw cause;
    }
  }
  return undefined;
}

function isComponent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'enabled');
}
