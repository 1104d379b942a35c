export { differenceTexts as difference } from '../../../../lib/proof/sentences.ts';
