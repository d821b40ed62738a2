#if !canImport(ArgumentParser)
// Without the trait, swift-argument-parser is not available. This message appears together with those about the missing
// module.
#error("okta-generator needs the trait Generator, which is on by default: omit `traits: []`, or list it there")
#endif
