import { createHmac } from 'node:crypto';
import { parse } from 'node:querystring';
import * as fc from 'fast-check';
import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, test } from 'vitest';
import type { Fields } from '../lib/carrier/posts.ts';
import { isSigned, publicUrls, type Received } from '../lib/carrier/signature.ts';
import { readForm } from '../lib/form.ts';

// The example of https://www.twilio.com/docs/usage/webhooks/webhooks-security.
const token = '12345';
const example = {
  signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
  urls: ['https://mycompany.com/myapp.php?foo=1&bar=2'],
  fields: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  },
};
const signed = (url: string, fields: Fields = {}) => getExpectedTwilioSignature(token, url, fields);

describe('a signature', () => {
  test("of twilio's own example", () => {
    expect(isSigned(example, [token])).toBe(true);
    expect(isSigned(example, ['12346'])).toBe(false);
  });

  test('is needed', () => {
    expect(isSigned({ ...example, signature: undefined }, [token])).toBe(false);
    expect(isSigned({ ...example, signature: '' }, [token])).toBe(false);
    expect(isSigned({ ...example, signature: example.signature.slice(0, -1) }, [token])).toBe(false);
    // As long in characters, but not in bytes.
    expect(isSigned({ ...example, signature: `é${example.signature.slice(1)}` }, [token])).toBe(false);
  });

  test('is over every field, the empty ones too', () => {
    const fields = { ...example.fields, Digits: '12345' };
    expect(isSigned({ ...example, fields }, [token])).toBe(false);
    expect(isSigned({ ...example, fields: { ...example.fields, FromCity: '' } }, [token])).toBe(false);
    expect(isSigned({ ...example, fields: {} }, [token])).toBe(false);
  });

  test('counts by any of the tokens', () => {
    expect(isSigned(example, ['next', token])).toBe(true);
    expect(isSigned(example, [token, 'next'])).toBe(true);
    expect(isSigned(example, [])).toBe(false);
  });

  test('with an empty token is none', () => {
    const url = 'https://ivr.example/voice/step';
    const signature = getExpectedTwilioSignature('', url, {});
    expect(isSigned({ signature, urls: [url], fields: {} }, [''])).toBe(false);
  });

  test("of a shared key, as Twilio's webhook rules have it, is none: not by the key, nor by a token", () => {
    const text = example.urls[0] + Object.entries(example.fields).flat().join('');
    const by = (hash: string) => createHmac(hash, token).update(text).digest('base64');
    expect(by('sha1')).toBe(example.signature);
    expect(isSigned({ ...example, signature: by('sha256') }, [token])).toBe(false);
  });

  test('counts for any of the URLs', () => {
    expect(isSigned({ ...example, urls: ['https://other.example/', ...example.urls] }, [token])).toBe(true);
    expect(isSigned({ ...example, urls: [] }, [token])).toBe(false);
  });

  test('of a GET has no fields', () => {
    const url = 'https://ivr.example/voice/incoming?CallSid=CA1&From=%2B15550123';
    expect(isSigned({ signature: signed(url), urls: [url], fields: {} }, [token])).toBe(true);
  });

  test('is over fields that are sent twice', () => {
    const fields = parse('CallSid=CA1&Digits=2&Digits=1');
    const signature = signed('https://ivr.example/', { CallSid: 'CA1', Digits: ['1', '2'] });
    expect(isSigned({ signature, urls: ['https://ivr.example/'], fields }, [token])).toBe(true);
  });

  test.each(['', 'no URL', 'https://a b/', 'https://[/'])('is none over the URL "%s"', (url) => {
    expect(isSigned({ ...example, urls: [url] }, [token])).toBe(false);
    expect(isSigned({ ...example, urls: [url, ...example.urls] }, [token])).toBe(true);
  });

  test.each([
    ['https://ivr.example/voice/step?a=1', 'https://ivr.example:443/voice/step?a=1'],
    ['http://ivr.example/voice/step?a=1', 'http://ivr.example:80/voice/step?a=1'],
  ])('of %s has its default port spelled or not', (bare, spelled) => {
    for (const called of [bare, spelled]) {
      for (const seen of [bare, spelled]) {
        expect(isSigned({ signature: signed(called), urls: [seen], fields: {} }, [token])).toBe(true);
      }
    }
  });
});

describe('the URLs that may have been called', () => {
  const received: Received = {
    rawPath: '/voice/step',
    rawQueryString: 'cursor=1&flow=demo',
    headers: { 'x-forwarded-proto': 'https' },
    requestContext: { domainName: 'abc.execute-api.eu-central-1.amazonaws.com' },
  };
  const requests: [string, Received, string, string[]][] = [
    [
      'under another name',
      received,
      'https://ivr.example',
      [
        'https://ivr.example/voice/step?cursor=1&flow=demo',
        'https://abc.execute-api.eu-central-1.amazonaws.com/voice/step?cursor=1&flow=demo',
      ],
    ],
    [
      'under one name',
      { ...received, requestContext: { domainName: 'ivr.example' } },
      'https://ivr.example',
      ['https://ivr.example/voice/step?cursor=1&flow=demo'],
    ],
    [
      'without a query',
      { ...received, rawQueryString: '', requestContext: { domainName: 'ivr.example' } },
      'https://ivr.example',
      ['https://ivr.example/voice/step'],
    ],
    [
      'in plain HTTP',
      { ...received, headers: { 'x-forwarded-proto': 'http' }, requestContext: { domainName: '127.0.0.1' } },
      'http://127.0.0.1:4000',
      [
        'http://127.0.0.1:4000/voice/step?cursor=1&flow=demo',
        'http://127.0.0.1/voice/step?cursor=1&flow=demo',
      ],
    ],
    [
      'as they were spelled',
      { ...received, headers: {}, rawQueryString: "a=%2B1&b='+%7e&&c" },
      'https://abc.execute-api.eu-central-1.amazonaws.com',
      ["https://abc.execute-api.eu-central-1.amazonaws.com/voice/step?a=%2B1&b='+%7e&&c"],
    ],
  ];
  test.each(requests)('%s', (_, event, publicUrl, expected) => {
    expect(publicUrls(event, publicUrl)).toEqual(expected);
  });
});

const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
const fields = fc.dictionary(word, fc.oneof(fc.string({ unit: 'binary' }), word), {
  minKeys: 1,
  maxKeys: 12,
});
const calledUrl = fc
  .tuple(fc.constantFrom('http', 'https'), fc.array(fc.tuple(word, word), { minLength: 1, maxLength: 6 }))
  .map(
    ([scheme, query]) =>
      `${scheme}://ivr.example/voice/step?${query.map((pair) => pair.join('=')).join('&')}`,
  );

/** The text with the letter or digit at or after a place turned into another one. */
function changed(text: string, place: number): string {
  const from = text.slice(place).search(/[A-Za-z0-9]/) + place;
  return text.slice(0, from) + (text[from] === 'a' ? 'b' : 'a') + text.slice(from + 1);
}

test('what the carrier signed is accepted with and without the port, and refused after any one change', () => {
  void fc.assert(
    fc.property(calledUrl, fields, word, fc.nat(), fc.nat(), (url, fields, token, n, at) => {
      const spelled = url.replace('.example', url.startsWith('https') ? '.example:443' : '.example:80');
      for (const called of [url, spelled]) {
        const signature = getExpectedTwilioSignature(token, called, fields);
        const request = { signature, urls: [url], fields };
        expect(isSigned(request, [token])).toBe(true);
        expect(isSigned({ ...request, urls: [spelled] }, [token])).toBe(true);

        const path = url.indexOf('/voice');
        const otherUrl = changed(url, path + (at % (url.length - path - 1)));
        expect(isSigned({ ...request, urls: [otherUrl] }, [token])).toBe(false);
        const otherSignature = changed(signature, at % 26);
        expect(isSigned({ ...request, signature: otherSignature }, [token])).toBe(false);
        expect(isSigned(request, [changed(token, at % token.length)])).toBe(false);
        const names = Object.keys(fields);
        const name = names[n % names.length] ?? '';
        const { [name]: value = '', ...others } = fields;
        expect(isSigned({ ...request, fields: { ...others, [name]: `${value}0` } }, [token])).toBe(false);
        expect(isSigned({ ...request, fields: others }, [token])).toBe(false);
      }
    }),
  );
});

test("is accepted as Twilio's validator accepts it, whatever form is posted: the validator decides what the quick check does not", () => {
  const name = fc.oneof(word, fc.constantFrom('', 'a%20b', '__proto__', 'Ä'));
  const value = fc.oneof(word, fc.constantFrom('', '%2B15550100', '+', '%', '%E4%BD%A0', 'é', '%C3'));
  const forms = fc
    .array(fc.tuple(name, value), { maxLength: 8 })
    .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
  void fc.assert(
    fc.property(calledUrl, forms, forms, fc.boolean(), (url, posted, other, isForged) => {
      const signature = getExpectedTwilioSignature(token, url, parse(posted));
      const body = isForged ? other : posted;
      const request = { signature, urls: [url], ...readForm(body) };
      const isValid = validateRequest(token, signature, url, parse(body));
      expect(isSigned(request, [token])).toBe(isValid);
    }),
    // `FUZZ_RUNS=100000` takes some seconds.
    { numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
  );
});

test('any body under any signature is refused, not thrown at', () => {
  const bodies = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  void fc.assert(
    fc.property(bodies, text, text, text, (body, signature, url, query) => {
      const urls = [url, `https://${url}`, `https://ivr.example/?${query}`];
      expect(isSigned({ signature, urls, fields: parse(body) }, [token, 'next'])).toBe(false);
    }),
    { numRuns: 500 },
  );
});
