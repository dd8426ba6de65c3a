import type { MovingStep, PromoteFlags } from '../prepare/prepare-promotion';
import type { PromotionPrinter } from '../write/promotion-printer';
import { effectData } from './changes/change-data';
import { printJson } from './print';
import { evidenceData, stepData } from './step-data';
import { endData, mixedData, writtenData } from './written';

/** Collects all steps for programs, and prints them as one document at the end. */
export function promotionJson({ all }: PromoteFlags): PromotionPrinter {
  const steps: object[] = [];
  return {
    enteredAll: () => undefined,
    waits: ({ view, decision, open, command, unsoaked, evidence }) => {
      steps.push({ ok: false, ...stepData(view, decision), waitsFor: open, command, unsoaked, ...evidenceData(evidence) });
    },
    prepared: () => undefined,
    dryRun: (step, _, mixed) => {
      const { changes, effect } = step.change.proof;
      steps.push({
        ok: true,
        dryRun: true,
        ...movingData(step),
        changes: changes().map(({ path }) => path),
        ...mixedData(mixed),
        effect: effectData(effect()),
      });
    },
    written: (step, written) => {
      steps.push({ ok: true, ...movingData(step), ...writtenData(written, []) });
    },
    goesOn: () => undefined,
    ended: ({ status, written, next, ...end }) => {
      if (all) printJson({ ok: status === 0, steps, next, ...endData(end) });
      else printJson({ ...steps[0], ...(end.problems.length > 0 ? { ok: false } : {}), ...(written.length > 0 ? { next } : {}), ...endData(end) });
    },
  };
}

function movingData({ view, decision, folds, byHand, unsoaked, marks, needs, sayingWhy, evidence }: MovingStep): object {
  return {
    ...stepData(view, decision, folds),
    byHand,
    unsoaked,
    ...evidenceData(evidence),
    ...(marks.length === 0 ? {} : { marks }),
    ...(needs.length === 0 ? {} : { needs: needs.map(({ ofObjects: _, ...need }) => need) }),
    ...(sayingWhy === undefined ? {} : { sayingWhy }),
  };
}
