import Foundation
import PackagePlugin

/// `swift package okta-check [arguments]`: tells whether the sources in the package are those of its catalog.
///
/// A plugin of its own, because it only reads: the package manager asks nobody for the right to write, and a run without a
/// terminal does not fail for want of an answer.
@main
struct OktaCheckPlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let generator = try context.tool(named: "okta-generator")
        let process = Process()
        process.executableURL = generator.url
        process.currentDirectoryURL = context.package.directoryURL
        process.arguments = ["check"] + arguments
        try process.run()
        process.waitUntilExit()
        exit(process.terminationReason == .exit ? process.terminationStatus : 3)
    }
}
