#if CommandLine
internal import ArgumentParser
#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// `okta man DIR`: writes the manual, with a page for each category and each command.
struct ManCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "okta man", abstract: "Writes the pages of the manual into a folder.",
        discussion: "Read one with: man DIR/okta-user.1")

    @Argument(help: "The folder, such as /usr/local/share/man/man1. It is created if it is missing.")
    var folder: String

    func run(_ context: ProgramContext) async throws {
        let path = folder.hasPrefix("/") ? folder : "\(context.workingDirectory)/\(folder)"
        // `SOURCE_DATE_EPOCH` makes the pages of package builds reproducible.
        let now = context.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init).map(Date.init(timeIntervalSince1970:))
        let date = OktaDate.text(now ?? Date()).map { String($0.prefix(10)) } ?? ""
        let manual = Manual(.all, version: OktaProgram.version, date: date)
        let commands = CommandPages(version: OktaProgram.version, date: date)
        let pages =
            [manual.overview(commands: Help.commands, options: Help.actionOptions)]
            + commands.adding(to: manual.categories)
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for page in pages {
                let file = URL(filePath: "\(path)/\(page.name).1")
                try Data(page.text.utf8).write(to: file, options: .atomic)
            }
        } catch {
            throw CommandFailure.usage(
                "the manual cannot be written into \(folder)", advice: "Name a folder that you may write to.")
        }
        context.notices.print("okta: \(pages.count) pages are in \(folder)")
    }
}
#endif
