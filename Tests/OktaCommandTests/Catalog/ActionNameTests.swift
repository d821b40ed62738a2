import Foundation
import OktaCommand
import OktaRuntime
import Testing

/// What a typed name of an action means: for every action of the catalog, and for every operation of Okta's.
@Suite struct ActionNameTests {
    /// An action of the catalog with the id of its operation, as the files of the catalog have them.
    private struct Entry {
        let category: String
        let action: String
        let operation: String
    }

    private static let catalog: URL = {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return tests.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Spec")
    }()

    private func entries() throws -> [Entry] {
        var entries: [Entry] = []
        for module in try FileManager.default.contentsOfDirectory(atPath: Self.catalog.path) {
            let folder = Self.catalog.appendingPathComponent("\(module)/actions")
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            for file in files where file.hasSuffix(".yaml") {
                let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent(file)), as: UTF8.self)
                var (category, action) = ("", "")
                for line in text.split(separator: "\n") {
                    if line.hasPrefix("category: ") { category = String(line.dropFirst(10)) }
                    if line.hasPrefix("  - action: ") { action = String(line.dropFirst(12)) }
                    guard line.hasPrefix("    upstream: ") else { continue }
                    let operation = String(line.dropFirst(14))
                    entries.append(
                        Entry(
                            category: KebabCase.name(of: category), action: KebabCase.name(of: action),
                            operation: operation))
                }
            }
        }
        return entries
    }

    /// Operations whose id is the listed name of another action. The list of actions gives the names.
    private static let namesakes: Set<String> = [
        "user update-user", "inlinehook update-inline-hook", "template update-sms-template",
    ]

    @Test("Action names: each operation of Okta's is its action, and none is another one")
    func operations() throws {
        let entries = try entries()
        // All but the generic request.
        #expect(entries.count == CommandCatalog.all.actions.count - 1)
        var found: Set<String> = []
        for entry in entries {
            let category = try CommandCatalog.all.category(entry.category)
            let typed = KebabCase.name(of: entry.operation)
            let own = category.actions.first { $0.name == entry.action }
            guard own?.operationID != nil else {
                // No page tells its id. It finds the action where it has the same name, and otherwise none.
                for name in [entry.operation, typed] {
                    let action = try? category.action(name)
                    #expect(action == nil || action?.name == entry.action, "\(entry)")
                }
                continue
            }
            #expect(try category.action(entry.operation).name == entry.action, "\(entry)")
            let action = try category.action(typed)
            if action.name == entry.action { continue }
            #expect(action.name == typed, "\(entry) is \(action.name)")
            found.insert("\(entry.category) \(typed)")
            // Whoever knows the name from Okta's reference is warned.
            let page = ActionPage(action).text(PageLayout(width: 1_000))
            #expect(page.contains("note:     the operation that Okta calls \(typed) is okta"), "\(page)")
            #expect(page.contains("okta \(entry.category) \(entry.action)"))
        }
        #expect(found == Self.namesakes)
    }

    @Test("Action names: an operation of another category is nothing that changes something here")
    func foreignOperations() throws {
        let operations = Set(try entries().map { KebabCase.name(of: $0.operation) })
        var count = 0
        for category in CommandCatalog.all.categories {
            let actions = category.actions
            let known = Set(actions.flatMap { [$0.name] + $0.aliases })
            let ids = Set(actions.compactMap(\.operationID))
            for operation in operations
            where !known.contains(operation) && !ids.contains(operation.filter { $0 != "-" }) {
                guard known.contains(where: { $0.hasPrefix(operation) }) else { continue }
                count += 1
                let action = try? category.action(operation)
                #expect(action?.isReading ?? true, "\(category.name) \(operation) is \(action?.name ?? "")")
            }
        }
        #expect(count > 0)
    }

    @Test("Action names: what changes something is named in full, and the beginning of a read is enough")
    func beginnings() throws {
        for category in CommandCatalog.all.categories {
            let names = Set(category.actions.map(\.name))
            for action in category.actions {
                #expect(try category.action(action.name).name == action.name)
                // The name of one action precedes another name of another one.
                for alias in action.aliases where !names.contains(alias) {
                    #expect(try category.action(alias).name == action.name)
                }
                let beginning = String(action.name.dropLast())
                let found = try? category.action(beginning)
                // A shorter text may also be the id of an operation.
                guard let found, found.name.hasPrefix(beginning), found.operationID != beginning.filter({ $0 != "-" })
                else { continue }
                #expect(found.isReading || found.name == beginning, "\(category.name) \(beginning)")
            }
        }
        let user = try CommandCatalog.all.category("user")
        #expect(try user.action("get-user-cl").name == "get-user-classification")
        #expect(try user.action("replaceUser").name == "update-user")
        #expect(try user.action("replace-user").name == "update-user")
        let refusal = try #require(throws: CommandFailure.self) { try user.action("replace-user-cl") }
        #expect(refusal.exitCode == .usage)
        #expect(refusal.message.contains("only the beginning of replace-user-classification, which changes something"))
        // It may send any request.
        let any = try CommandCatalog.all.category("generic-request")
        let whole = try #require(any.actions.first).name
        #expect(throws: CommandFailure.self) { try any.action(String(whole.dropLast())) }
        #expect(try any.action(whole).name == whole)
    }
}
