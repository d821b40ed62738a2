import Foundation
import PackagePlugin

/// `swift package okta-check [arguments]`: checks that the sources in the package match its catalog.
///
/// A separate plugin because it only reads: the package manager does not ask for write permission, so a run without a
/// terminal does not fail.
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
