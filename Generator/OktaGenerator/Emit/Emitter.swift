import OktaCatalog

/// The third stage, which writes a plan as a set of Swift files.
public struct Emitter: Sendable {
    /// Creates the stage.
    public init() {}

    /// Writes the library's sources.
    public func library(_ plan: Plan) -> FileSet {
        var files: [String: CodePrinter] = [
            "Exports.swift": exports(of: plan.module),
            "Models/Kinds.swift": kinds(),
            "Registry/ModelSchema+\(plan.module.bare).swift": SchemaEmitter(plan: plan).code(),
            "Registry/ActionHelp+\(plan.module.bare).swift": HelpEmitter(plan: plan).code(),
            "Registry/ActionRegistry+\(plan.module.bare).swift": RegistryEmitter(plan: plan).code(),
        ]
        for group in plan.groups {
            let emitter = GroupEmitter(group: group)
            files[emitter.path] = emitter.code()
        }
        for file in plan.modelFiles { files[file.path] = ModelFileEmitter(file: file).code() }
        let pages = DocumentationEmitter(plan: plan).files()
        return FileSet(files: files.mapValues(\.text).merging(pages) { code, _ in code })
    }

    /// Writes test sources that cover every action and field.
    public func testSupport(_ plan: Plan) -> FileSet {
        FileSet(files: TestSupportEmitter(plan: plan).files().mapValues(\.text))
    }

    /// Writes the re-exports of a module: the runtime, and its models if a package builds their folder as a module.
    private func exports(of module: SwiftName) -> CodePrinter {
        let models = DerivedNames.models(of: module)
        var printer = CodePrinter()
        printer.print(FileHeader.mark, "", "@_exported public import OktaRuntime", "")
        printer.print(
            "// A package may build the folder Models as a module, so that a change of an action does not rebuild it.",
            "#if canImport(\(models))", "@_exported public import \(models)", "#endif")
        return printer
    }

    /// Writes the types that tag enumerations. They are in the models' folder, which must not depend on another one.
    private func kinds() -> CodePrinter {
        var printer = CodePrinter()
        printer.print(FileHeader.mark, "")
        printer.document("Types that distinguish the enumerations of this module from each other.")
        printer.print("public enum \(DerivedNames.kinds) {}")
        return printer
    }
}
