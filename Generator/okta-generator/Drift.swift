import ArgumentParser

/// `okta-generator drift`: compares the catalog with what it describes.
struct Drift: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reports differences between the catalog and Okta; exits with 1 if there are any.",
        subcommands: [DriftUpstream.self, DriftTraffic.self])
}
