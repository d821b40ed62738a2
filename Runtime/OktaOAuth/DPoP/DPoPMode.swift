/// Whether tokens are bound to a key of the client, with a proof beside each request (DPoP, RFC 9449).
///
/// API Services apps that were created since 2024 demand it, unless it has been switched off in the app's settings. A request
/// for a token without a proof is then refused, and stands in the System Log as a failed grant. So by default the first
/// request has a proof already. What becomes of the proof is the org's to say, in the token's type:
///
/// | The org | Answers to a proof | The client |
/// |---|---|---|
/// | demands proofs | a token of type `DPoP` | sends a proof with each call |
/// | demands none, and ignores the proof, as Okta does | a token of type `Bearer` | sends no more than the token |
/// | demands none, and binds the token all the same | a token of type `DPoP` | sends a proof with each call |
///
/// The first proof of a process has no nonce. Okta answers it with 400, `use_dpop_nonce` and a nonce, and the second request
/// has the token. That is how the protocol hands out nonces (RFC 9449, section 8), and no refusal for want of a proof. A
/// nonce is kept for later tokens until the org gives another.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum DPoPMode: Sendable, Hashable {
    /// With a proof from the first request on. An org that refuses the proof itself is asked once more without, and for
    /// later tokens at once without, for as long as it gives them.
    case automatic
    /// With a proof from the first request on, and never without.
    case always
    /// Never; an app that demands proofs then refuses to give a token.
    case never
}
