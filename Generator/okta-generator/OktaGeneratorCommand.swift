import ArgumentParser

/// The generator's command line: arguments and exit codes only.
///
/// It ends with 0 when all is well, 1 for drift, 2 for what the caller or the machine can mend (bad input or usage, files that
/// can not be read or written), and 3 for a defect of its own.
struct OktaGeneratorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta-generator",
        abstract: "Generates the Okta management API for Swift from a YAML action catalog.",
        discussion: """
            Exit codes: 0 all is well, 1 drift, 2 bad input or usage, or files that can not be read or written, 3 a defect of \
            the generator.
            """,
        subcommands: [
            Generate.self, Check.self, Drift.self, Diff.self, Rules.self, Explain.self, List.self, Import.self,
            Update.self,
        ]
    )
}
