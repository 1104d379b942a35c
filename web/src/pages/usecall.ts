import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../session/context.ts';
import { callQuery } from './callquery.ts';

/** A call with the versions that it went through. With `seconds` it is read again that often until it is over. */
export function useCall(callSid: string, seconds?: number) {
  return useQuery(callQuery(useApi(), useQueryClient(), callSid, seconds));
}
