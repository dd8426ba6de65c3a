import { nearest, suggestion } from '../../../layers/text/nearest';

describe('the nearest word', () => {
  test.each([
    ['prod-canry', ['prod-canary', 'prod-sector-1'], 'prod-canary'],
    ['repoUrl', ['repoURL', 'repoUr'], 'repoURL'],
    ['HELM', ['helm', 'hell'], 'helm'],
    ['syncPolcy', ['syncPolicy', 'source'], 'syncPolicy'],
    ['ot', ['to', 'project'], 'to'],
    ['x', ['name', 'project'], undefined],
    ['', ['project'], undefined],
    ['kustomize', ['helm'], undefined],
    ['a', [], undefined],
  ])('to %p among %p is %p', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  test('is never the word itself', () => {
    expect(nearest('helm', ['helm'])).toBeUndefined();
    expect(nearest('helm', ['helm', 'helms'])).toBe('helms');
  });

  test('comes from anything that can be iterated', () => {
    expect(nearest('prodution', new Map([['production', 1]]).keys())).toBe('production');
  });
});

describe('a suggestion', () => {
  test('is the near miss', () => {
    expect(suggestion('prodution', ['production', 'stage'], 'paths')).toContain("'production'");
    expect(suggestion('prodution', ['production', 'stage'], 'paths')).not.toContain('stage');
  });

  test('is what is known where nothing is near, at most eight of it', () => {
    const many = Array.from({ length: 12 }, (_, index) => `path-number-${index}`);
    expect(suggestion('x', ['stage', 'production'], 'paths')).toContain('stage, production');
    expect(suggestion('x', many, 'paths')).toContain('path-number-7');
    expect(suggestion('x', many, 'paths')).not.toContain('path-number-8');
    expect(suggestion('x', many, 'paths')).toContain('12');
    expect(suggestion('x', many.slice(0, 8), 'paths')).not.toContain('…');
  });

  test('is nothing where nothing is known', () => {
    expect(suggestion('x', [], 'paths')).toBeUndefined();
  });
});
