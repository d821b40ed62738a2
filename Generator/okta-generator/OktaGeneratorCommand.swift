import ArgumentParser

/// The generator's command line: arguments and exit codes only.
///
/// Exits with 0 for success, 1 for drift, 2 for errors that the caller can fix (invalid input or usage, files that
/// cannot be read or written), and 3 for a bug in the generator.
struct OktaGeneratorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta-generator",
        abstract: "Generates Swift modules for Okta's APIs from catalogs of actions in YAML.",
        discussion: """
            Exit codes: 0 success, 1 drift, 2 invalid input or usage, or files that cannot be read or written, 3 a bug in \
            the generator.
            """,
        subcommands: [
            Generate.self, Check.self, Drift.self, Diff.self, Rules.self, Explain.self, List.self, Import.self,
            Update.self,
        ]
    )
}

/// `okta-generator drift`: compares the catalog with what it describes.
struct Drift: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reports differences between the catalog and Okta; exits with 1 if there are any.",
        subcommands: [DriftUpstream.self, DriftTraffic.self])
}
