#if !canImport(Crypto)
// Without the trait, swift-crypto is not there. This message stands beside those about the missing module.
#error("OktaOAuth needs the trait OAuth: .package(url: …, from: …, traits: [\"OAuth\"])")
#endif
