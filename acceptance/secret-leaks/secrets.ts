/** Secrets with characters that every encoding writes in its own way; each is told apart by its beginning. */
export const planted = {
  active: 'pat_active+/=%41&<"Qx7Vn2Ld9Rk4Tz8Wb',
  expired: 'pat_expired+/=%42&<"Mj3Hs6Yc1Fp5Gd0Ae',
  otherTenant: 'pat_tenant+/=%43&<"Uo8Ri2Nt4Lb6Xk9Sv',
  control: 'ctl_control+/=%44&<"Zq5Wy7Ex3Jf1Ch2Pm',
  header: 'hdr_header+/=%45&<"Bv6Kt9Dg4Ns8Ou0Il',
  cookie: 'ck_cookie+/=%46&<"Tf2Gp5Hw7Ym3Rc9Jq',
} as const

/** A value that is not a token, in a field that is redacted by name. */
export const note = 'nte_private+/=%47&<"Lw3Xc8Vz2Qp6Ka5Ej'

/** A control token that can be sent in a header, unlike the others. */
export const plainControl = 'ctl_plain_Yt4Ke9Wb2Ju7Sx1Fq6Hc3Vp'

/** What the environment of a run holds of them. */
export const environment = {
  CONFORMANCE_TOKEN: planted.active,
  CONFORMANCE_EXPIRED_TOKEN: planted.expired,
  CONFORMANCE_OTHER_TENANT_TOKEN: planted.otherTenant,
  CONFORMANCE_CONTROL_TOKEN: planted.control,
  CONFORMANCE_REDACT_FIELDS: 'owner_note',
  GITHUB_STEP_SUMMARY: 'job-page.md',
  CONFORMANCE_HEADERS: `X-Gateway-Key: ${planted.header}\nCookie: session=${planted.cookie}`,
} as const
