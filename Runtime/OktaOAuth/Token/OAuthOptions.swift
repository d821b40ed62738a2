/// How tokens are requested and used.
public struct OAuthOptions: Sendable, Hashable {
    /// Whether tokens are bound to a key, with a proof for each request. Defaults to the org's requirement.
    public var dpop = DPoPMode.automatic

    /// The algorithm of proofs. Defaults to ES256. Keys are generated as needed.
    public var dpopAlgorithm = SigningAlgorithm.es256

    /// Whether every new token is bound to a new key. Defaults to true. Keys are never stored.
    public var rotatesDPoPKey = true

    /// How long before expiry a token is renewed. Defaults to 60 seconds; never more than half of its lifetime. A call
    /// waits at most three seconds for the renewal, and then continues with the old token.
    public var renewalMargin = Duration.seconds(60)

    /// Creates the default options.
    public init() {}
}
