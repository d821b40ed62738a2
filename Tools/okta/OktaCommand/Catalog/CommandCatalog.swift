internal import HTTPTypes
package import OktaRuntime

/// An action under the names that are typed.
package struct CommandAction: Sendable {
    /// The module that has it.
    package let module: CatalogModule
    /// The category as it is typed, such as `user`.
    package let category: String
    /// The action as it is typed, such as `list-users`.
    package let name: String
    /// Further names, as they are typed.
    package let aliases: [String]
    /// The action as the library knows it.
    package let descriptor: ActionDescriptor

    init(_ descriptor: ActionDescriptor, in module: CatalogModule) {
        self.module = module
        self.descriptor = descriptor
        category = KebabCase.name(of: descriptor.category)
        name = KebabCase.name(of: descriptor.name)
        aliases = descriptor.aliases.map(KebabCase.name(of:))
    }

    /// What it does, and what its parameters mean.
    package var help: ActionHelp? { module.help.help(for: descriptor) }

    /// Okta's id of the operation in small letters and without hyphens, such as `listusers`: the last part of the address
    /// of its page. Nil where it has no page, such as the actions of governance, which share one.
    package var operationID: String? {
        guard let address = help?.reference, address.contains("/openapi/") else { return nil }
        return address.split(separator: "/").last?.lowercased().filter { $0 != "-" }
    }

    /// Whether it only reads.
    package var isReading: Bool { descriptor.method == .get || descriptor.method == .head }
}

/// The actions of all modules under the names that are typed, by category.
package struct CommandCatalog: Sendable {
    /// Actions about one thing.
    package struct Category: Sendable {
        /// The category as it is typed.
        package let name: String
        /// The listed name.
        package let listedName: String
        /// The module that has it.
        package let module: CatalogModule
        private let descriptors: [ActionDescriptor]

        fileprivate init(_ listedName: String, _ descriptors: [ActionDescriptor], in module: CatalogModule) {
            name = KebabCase.name(of: listedName)
            self.listedName = listedName
            self.module = module
            self.descriptors = descriptors
        }

        /// Its actions in the order of the catalog.
        package var actions: [CommandAction] { descriptors.map { CommandAction($0, in: module) } }

        /// What it is about.
        package var summary: String { module.help.summary(ofCategory: listedName) ?? "" }
    }

    /// The categories in alphabetical order.
    package let categories: [Category]

    /// The catalog of all modules, read once.
    package static let all = CommandCatalog(CatalogModule.allCases)

    init(_ modules: [CatalogModule]) {
        var categories: [Category] = []
        for module in modules {
            var listed: [String] = []
            var descriptors: [String: [ActionDescriptor]] = [:]
            for descriptor in module.registry.actions {
                if descriptors[descriptor.category] == nil { listed.append(descriptor.category) }
                descriptors[descriptor.category, default: []].append(descriptor)
            }
            categories += listed.map { Category($0, descriptors[$0] ?? [], in: module) }
        }
        self.categories = categories.sorted { $0.name < $1.name }
    }

    /// What a typed name may mean, in any module.
    ///
    /// The modules are read one after another: a command of the first one starts without reading the others.
    package static func match(_ name: String) -> NameMatch<Category> {
        for module in CatalogModule.allCases {
            let found = CommandCatalog([module]).categories.first { $0.name == name }
            if let found { return .found(found) }
        }
        return all.match(name)
    }

    /// Every action.
    package var actions: [CommandAction] { categories.flatMap(\.actions) }

    /// The category with a name, or the only one that begins with it.
    package func category(_ name: String) throws(CommandFailure) -> Category {
        try match(name).get("category", name, listing: "okta actions")
    }

    /// What a typed name may mean.
    package func match(_ name: String) -> NameMatch<Category> {
        // The listed spelling without hyphens is taken too: `customrole` for `custom-role`.
        NameMatch(name, among: categories.map { ([$0.name, $0.name.filter { $0 != "-" }], $0) })
    }

    /// The action that a request calls.
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
