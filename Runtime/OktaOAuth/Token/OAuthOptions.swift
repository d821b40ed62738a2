/// The options for requesting and using tokens.
public struct OAuthOptions: Sendable, Hashable {
    /// Whether tokens are bound to a key, with a proof for each request. Defaults to the org's requirement.
    public var dpop = DPoPMode.automatic

    /// The algorithm of proofs. Defaults to ES256. Keys are generated as needed.
    public var dpopAlgorithm = SigningAlgorithm.es256

    /// Whether every new token is bound to a new key. Defaults to true. Keys are never stored.
    public var rotatesDPoPKey = true

    /// The time before expiry at which a token is renewed. Defaults to 60 seconds, and is at most half of the token's
    /// lifetime. A call waits at most three seconds for the renewal, and then continues with the old token.
    public var renewalMargin = Duration.seconds(60)

    /// Creates the default options.
    public init() {}
}

/// Whether tokens are bound to a key of the client, with a proof for each request (DPoP, RFC 9449).
///
/// API Services apps created since 2024 require proof of possession by default; an admin can turn it off in the app's
/// settings. The org rejects a token request of such an app without a proof, and the System Log records a failed grant.
/// By default, the first request therefore has a proof. The type of the issued token determines whether the client
/// continues with proofs:
///
/// | The org | Responds to a proof with | The client |
/// |---|---|---|
/// | requires proofs | a token of type `DPoP` | sends a proof with each call |
/// | requires none, and ignores the proof, as Okta does | a token of type `Bearer` | sends only the token |
/// | requires none, but binds the token | a token of type `DPoP` | sends a proof with each call |
///
/// The first proof of a process has no nonce. Okta responds with 400, `use_dpop_nonce` and a nonce, and the second
/// request receives the token. This is how the protocol distributes nonces (RFC 9449, section 8), not a failed grant.
/// The client keeps a nonce for later tokens until the org sends a new one.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum DPoPMode: Sendable, Hashable {
    /// Sends a proof with the first request. If the org rejects the proof itself, the client retries once without one.
    /// It then omits proofs for later tokens as long as the org issues tokens without them.
    case automatic
    /// Always sends a proof.
    case always
    /// Never sends a proof. If the app requires proofs, the org then refuses to issue a token.
    case never
}
