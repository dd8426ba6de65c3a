import { isLongForm } from './runs';

/**
 * A test of the long form, shown as skipped in the short one: it starts processes, kills them or waits for them, or asks once
 * more, in another way, what a test beside it asks.
 */
export const longTest: jest.It = isLongForm ? test : test.skip;
