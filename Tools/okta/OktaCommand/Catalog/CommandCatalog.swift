internal import HTTPTypes
package import OktaRuntime

/// An action under its names on the command line.
package struct CommandAction: Sendable {
    /// The module of the action.
    package let module: CatalogModule
    /// The category on the command line, such as `user`.
    package let category: String
    /// The action on the command line, such as `list-users`.
    package let name: String
    /// Further names on the command line.
    package let aliases: [String]
    /// The library's descriptor of the action.
    package let descriptor: ActionDescriptor

    init(_ descriptor: ActionDescriptor, in module: CatalogModule) {
        self.module = module
        self.descriptor = descriptor
        category = KebabCase.name(of: descriptor.category)
        name = KebabCase.name(of: descriptor.name)
        aliases = descriptor.aliases.map(KebabCase.name(of:))
    }

    /// The documentation of the action and its parameters.
    package var help: ActionHelp? { module.help.help(for: descriptor) }

    /// Okta's operation id in lower case without hyphens, such as `listusers`: the last part of its page's URL. Nil if
    /// it has no page, as with Governance actions, which share one.
    package var operationID: String? {
        guard let address = module.help.reference(of: descriptor), address.contains("/openapi/") else { return nil }
        return address.split(separator: "/").last?.lowercased().filter { $0 != "-" }
    }

    /// Okta's operation id in small letters; empty if it is not known.
    var operation: String { operationID ?? "" }

    /// Whether the action only reads.
    package var isReading: Bool { descriptor.method == .get || descriptor.method == .head }
}

/// The actions of all modules under their names on the command line, by category.
package struct CommandCatalog: Sendable {
    /// A category of actions.
    package struct Category: Sendable {
        /// The name on the command line.
        package let name: String
        /// The name in the list of actions.
        package let listedName: String
        /// The module of the category.
        package let module: CatalogModule

        fileprivate init(_ listedName: String, in module: CatalogModule) {
            name = KebabCase.name(of: listedName)
            self.listedName = listedName
            self.module = module
        }

        /// The actions in the order of the catalog.
        package var actions: [CommandAction] {
            module.registry.actions(inCategory: listedName).map { CommandAction($0, in: module) }
        }

        /// A description of the category.
        package var summary: String { module.help.summary(ofCategory: listedName) ?? "" }
    }

    /// The categories in alphabetical order.
    package let categories: [Category]

    /// The catalog of all modules, read once.
    package static let all = CommandCatalog(CatalogModule.allCases)

    init(_ modules: [CatalogModule]) {
        let categories = modules.flatMap { module in
            module.registry.categories.map { Category($0, in: module) }
        }
        self.categories = categories.sorted { $0.name < $1.name }
    }

    /// Finds the category with a name in any module.
    ///
    /// Modules are searched in turn, so that a command of the first one starts without loading the others.
    package static func match(_ name: String) -> NameMatch<Category> {
        for module in CatalogModule.allCases {
            let found = CommandCatalog([module]).categories.first { $0.name == name }
            if let found { return .found(found) }
        }
        return all.match(name)
    }

    /// Every action.
    package var actions: [CommandAction] { categories.flatMap(\.actions) }

    /// Returns the category with a name or a unique prefix.
    package func category(_ name: String) throws(CommandFailure) -> Category {
        try match(name).get("category", name, listing: "okta actions")
    }

    /// Finds the category with a name, its plural, or a unique prefix.
    package func match(_ name: String) -> NameMatch<Category> {
        // The name without hyphens is also accepted: `customrole` for `custom-role`.
        let known = categories.map { ([$0.name, $0.name.filter { $0 != "-" }], $0) }
        let match = NameMatch(name, among: known)
        if case .found = match { return match }
        // `users` is the beginning of userschema, and means user.
        for (plural, singular) in [("ies", "y"), ("s", "")] where name.lowercased().hasSuffix(plural) {
            let name = name.dropLast(plural.count) + singular
            if case .found(let category) = NameMatch(String(name), among: known) {
                return .beginning(category, of: category.name)
            }
        }
        return match
    }

    /// Returns the action of a request.
    package func action(method: String, path: String) -> CommandAction? {
        for module in CatalogModule.allCases {
            guard let method = HTTPRequest.Method(method) else { return nil }
            if let found = module.registry.action(method: method, path: path) {
                return CommandAction(found, in: module)
            }
        }
        return nil
    }
}
