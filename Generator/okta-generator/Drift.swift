import ArgumentParser

/// `okta-generator drift`: compares the catalog with what it describes.
struct Drift: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells what the catalog and Okta do not agree on; ends with 1 when there is something.",
        subcommands: [DriftUpstream.self, DriftTraffic.self])
}
