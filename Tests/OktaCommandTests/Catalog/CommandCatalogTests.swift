import OktaCommand
import OktaRuntime
import Testing

@Suite struct CommandCatalogTests {
    private let catalog = CommandCatalog.all

    @Test("Command catalog: has every action of every module") func hasEveryActionOfEveryModule() {
        let count = CatalogModule.allCases.reduce(0) { $0 + $1.registry.actions.count }
        #expect(catalog.actions.count == count)
    }

    @Test("Command catalog: typed names are unique") func typedNamesAreUnique() {
        #expect(Set(catalog.categories.map(\.name)).count == catalog.categories.count)
        for category in catalog.categories {
            let names = category.actions.map(\.name)
            #expect(Set(names).count == names.count, "\(category.name)")
        }
    }

    @Test("Command catalog: options of an action are unique, and differ from the program's")
    func optionsAreUnique() {
        #if CommandLine
        let own = ActionOptions.withValue.union(["--all-orgs", "--yes", "--dry-run", "--fail-fast", "--show-secrets"])
        #else
        let own: Set<String> = []
        #endif
        for action in catalog.actions {
            let options = action.descriptor.parameters.map { "--\(KebabCase.name(of: $0.name))" }
            #expect(Set(options).count == options.count, "\(action.category) \(action.name)")
            #expect(own.isDisjoint(with: options), "\(action.category) \(action.name): \(own.intersection(options))")
        }
    }

    @Test("Command catalog: every action and parameter has help") func everythingHasHelp() {
        for category in catalog.categories { #expect(!category.summary.isEmpty, "\(category.name)") }
        for action in catalog.actions {
            let help = action.help
            #expect(help?.summary.isEmpty == false, "\(action.category) \(action.name)")
            for parameter in action.descriptor.parameters {
                #expect(help?.parameters[parameter.name]?.text.isEmpty == false, "\(action.name) \(parameter.name)")
            }
        }
    }

    @Test("Command catalog: listed values of parameters are those of an enumeration") func enumerationsAreKnown() {
        for action in catalog.actions {
            for (name, parameter) in action.help?.parameters ?? [:] {
                guard let enumeration = parameter.enumeration else { continue }
                let values = FieldTypes(action.module.schema).values(of: enumeration)
                #expect(values?.isEmpty == false, "\(action.name) \(name)")
            }
        }
    }

    @Test(
        "Command catalog: names are found exactly, by prefix, without hyphens, and in the plural",
        arguments: [
            ("user", "user"), ("USER", "user"), ("networkz", "networkzone"), ("customrole", "custom-role"),
            ("users", "user"), ("Groups", "group"), ("policies", "policy"), ("applications", "application"),
        ])
    func namesAreFound(_ typed: String, _ name: String) throws {
        #expect(try catalog.category(typed).name == name)
    }

    @Test("Command catalog: an alias finds its action") func anAliasFindsItsAction() throws {
        let action = try #require(catalog.actions.first { !$0.aliases.isEmpty })
        let alias = try #require(action.aliases.first)
        #expect(try catalog.category(action.category).action(alias).descriptor.swiftName == action.descriptor.swiftName)
    }

    @Test("Command catalog: the error for an unknown name lists the nearest ones") func theNearestAreNamed() throws {
        let unknown = try #require(throws: CommandFailure.self) { try catalog.category("usre") }
        #expect(unknown.exitCode == .usage)
        #expect(unknown.description.contains("user"))
        let ambiguous = try #require(throws: CommandFailure.self) { try catalog.category("request-s") }
        #expect(ambiguous.message.contains("request-sequence, request-settings"))
        let empty = try #require(throws: CommandFailure.self) { try catalog.category("") }
        #expect(empty.exitCode == .usage)
    }

    @Test("Command catalog: a request finds its action in any module") func aRequestFindsItsAction() {
        #expect(catalog.action(method: "GET", path: "/api/v1/users/00u1")?.name == "get-user")
        #expect(catalog.action(method: "GET", path: "/governance/api/v1/campaigns")?.module == .governance)
        #expect(catalog.action(method: "GET", path: "/nowhere") == nil)
        #expect(catalog.action(method: "NO METHOD", path: "/api/v1/users") == nil)
    }
}
