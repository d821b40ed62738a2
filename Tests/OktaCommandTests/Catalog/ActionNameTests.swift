import Foundation
import OktaCommand
import OktaRuntime
import Testing

/// The resolution of typed action names, for all actions of the catalog and all operations of Okta's document.
@Suite(.longCalculation) struct ActionNameTests {
    /// An action of the catalog with the id of its operation.
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

    @Test("Action names: each operation id of Okta names its action and no other")
    func operations() throws {
        let entries = try entries()
        // Every action except the generic request.
        #expect(entries.count == CommandCatalog.all.actions.count - 1)
        var found: Set<String> = []
        for entry in entries {
            let category = try CommandCatalog.all.category(entry.category)
            let typed = KebabCase.name(of: entry.operation)
            let own = category.actions.first { $0.name == entry.action }
            guard own?.operationID != nil else {
                // No reference page states its id. The id finds the action only if both have the same name.
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
            // A warning names the action with that operation id in Okta's reference.
            let page = ActionPage(action).text(PageLayout(width: 1_000))
            #expect(page.contains("note:     the operation that Okta calls \(typed) is okta"), "\(page)")
            #expect(page.contains("okta \(entry.category) \(entry.action)"))
        }
        #expect(found == Self.namesakes)
    }

    @Test("Action names: a name from another category is no prefix of a change")
    func foreignNames() throws {
        let entries = try entries()
        // The program does not know the id of an operation without a reference page.
        let known = Set(CommandCatalog.all.actions.compactMap(\.operationID))
        let operations = entries.map { KebabCase.name(of: $0.operation) }
        let names = Set(operations.filter { known.contains($0.filter { $0 != "-" }) })
            .union(CommandCatalog.all.actions.map(\.name))
        let own = Set(entries.map { "\($0.category) \(KebabCase.name(of: $0.operation))" })
        var refused = 0
        for category in CommandCatalog.all.categories {
            let actions = category.actions
            let known = Set(actions.flatMap { [$0.name] + $0.aliases })
            let ids = Set(actions.compactMap(\.operationID))
            for name in names where !known.contains(name) && !ids.contains(name.filter { $0 != "-" }) {
                guard name.contains("-"), !own.contains("\(category.name) \(name)"),
                    known.contains(where: { $0.hasPrefix(name) })
                else { continue }
                do {
                    let action = try category.action(name)
                    #expect(action.isReading, "\(category.name) \(name) is \(action.name)")
                } catch {
                    refused += 1
                    #expect(error.exitCode == .usage)
                }
            }
        }
        #expect(refused > 0)
        let types = try CommandCatalog.all.category("usertype")
        let refusal = try #require(throws: CommandFailure.self) { try types.action("delete-user") }
        #expect(
            refusal.message
                == "'delete-user' is only the beginning of usertype delete-user-type, and names user delete-user")
        #expect(try types.action("delete-user-t").name == "delete-user-type")
        // A single word does not name the object of the action.
        #expect(try CommandCatalog.all.category("session").action("revoke").name == "revoke-session")
    }

    @Test("Action names: a unique prefix is enough for every action")
    func beginnings() throws {
        for category in CommandCatalog.all.categories {
            let names = Set(category.actions.map(\.name))
            for action in category.actions {
                #expect(try category.action(action.name).name == action.name)
                #expect(try category.action(named: action.name).name == action.name)
                // The name of an action takes precedence over an alias of another one.
                for alias in action.aliases where !names.contains(alias) {
                    #expect(try category.action(alias).name == action.name)
                }
                let beginning = String(action.name.dropLast())
                // A shorter text may also be the id of an operation, or the name of another action.
                guard let found = try? category.action(beginning), found.name != beginning,
                    found.operationID != beginning.filter({ $0 != "-" })
                else { continue }
                #expect(
                    ([found.name] + found.aliases).contains { $0.hasPrefix(beginning) }, "\(category.name) \(beginning)"
                )
                #expect(throws: CommandFailure.self) { try category.action(named: beginning) }
            }
        }
        let user = try CommandCatalog.all.category("user")
        #expect(try user.action("get-user-cl").name == "get-user-classification")
        #expect(try user.action("replaceUser").name == "update-user")
        #expect(try user.action("replace-user").name == "update-user")
        #expect(try user.action("replace-user-cl").name == "replace-user-classification")
        #expect(try user.action("cre").name == "create-user")
        #expect(try user.action("replace_user").name == "update-user")
        #expect(try user.action("list_users").name == "list-users")
        // Okta's Replace User is another action than the only one whose listed name begins so.
        for beginning in ["replace", "replace-u"] {
            let refusal = try #require(throws: CommandFailure.self) { try user.action(beginning) }
            #expect(refusal.message.contains("replace-user-classification, update-user (Okta's replaceuser)"))
        }
        let ambiguous = try #require(throws: CommandFailure.self) { try user.action("revoke") }
        #expect(ambiguous.exitCode == .usage && ambiguous.message.contains("is the beginning of"))
    }
}
