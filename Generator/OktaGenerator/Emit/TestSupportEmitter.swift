import OktaCatalog

/// Writes test code that calls every function and reads every field, so that both are compiled and run.
struct TestSupportEmitter {
    let plan: Plan
    private let samples: SampleValue

    init(plan: Plan) {
        self.plan = plan
        samples = SampleValue(plan: plan)
    }

    func files() -> [String: CodePrinter] {
        var files: [String: CodePrinter] = [:]
        for group in plan.groups { files["\(group.typeName.bare)Calls.swift"] = calls(of: group) }
        files["\(DerivedNames.everyCall).swift"] = allCalls()
        files["Types.swift"] = types()
        files["\(DerivedNames.sampleTests).swift"] = tests()
        let folders = Dictionary(grouping: plan.modelFiles, by: \.folder)
        for (folder, modelFiles) in folders {
            files["\(DerivedNames.readers(ofFolder: folder)).swift"] = readers(of: modelFiles, folder: folder)
        }
        files["\(DerivedNames.everyReader).swift"] = allReaders(folders.keys.sorted())
        let forms = FormSampleEmitter(plan: plan, samples: samples).files()
        files.merge(forms) { _, form in form }
        return files
    }

    /// The module's models under names that hide those of Foundation, which these files import too.
    private func types() -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["\(plan.module)"], isPublic: false)
        for name in plan.modelFiles.flatMap(\.types).map(\.name).sorted() {
            printer.print("typealias \(name) = \(plan.module).\(name)")
        }
        return printer
    }

    // MARK: Tests

    /// Tests of what holds for every module. The macros are written with their module, because a model may have their name.
    private func tests() -> CodePrinter {
        var printer = CodePrinter()
        let (module, name) = (plan.module, DerivedNames.property(ofModule: plan.module))
        FileHeader.print(to: &printer, imports: ["\(module)", FileHeader.testSupport, "Testing"], isPublic: false)
        printer.document("What holds for the samples of every module.")
        printer.block("@Testing.Suite struct \(DerivedNames.sampleTests)") { printer in
            printer.print(
                "private let samples = ModuleSamples(readers: ModelReader.\(name), forms: SampleForm.\(name))", "")
            printer.block(
                "@Testing.Test(\"\(module): every model reads its sample, and nothing from an empty object\") func models() throws"
            ) { printer in
                printer.print("#expect(try samples.unreadModels() == [])")
            }
            printer.print("")
            printer.block("@Testing.Test(\"\(module): every variant of a union is made and read\") func forms()") {
                printer in
                printer.print("#expect(samples.unfitForms() == [])")
            }
        }
        return printer
    }

    // MARK: Calls

    /// Calls with `p0`, `p1`… as path parameters and an empty body, so that the request's URL is predictable.
    private func calls(of group: PlannedGroup) -> CodePrinter {
        var printer = CodePrinter()
        let isGeneric = group.functions.contains { if case .generic = $0.result { true } else { false } }
        header(to: &printer, imports: isGeneric ? ["HTTPTypes"] : [])
        printer.block("extension \(group.typeName)") { printer in
            // A deprecated function may call deprecated functions without a warning.
            if group.functions.contains(where: { $0.deprecation != nil }) {
                printer.print("@available(*, deprecated, message: \"Calls deprecated actions, too.\")")
            }
            printer.block("static var sampleCalls: [SampleCall]") { printer in
                printer.print("[")
                printer.indented { printer in
                    for function in group.functions { call(function, in: group, to: &printer) }
                }
                printer.print("]")
            }
        }
        return printer
    }

    private func call(_ function: PlannedFunction, in group: PlannedGroup, to printer: inout CodePrinter) {
        var arguments: [SwiftCode] = []
        for (index, parameter) in function.pathParameters.enumerated() {
            let value = samples.argument(parameter.type, text: "p\(index)")
            arguments.append(function.omitsFirstLabel ? value : "\(label: parameter.swiftName): \(value)")
        }
        if let body = function.body {
            let label: SwiftCode = function.pathParameters.isEmpty ? "" : "with: "
            arguments.append("\(label)\(samples.body(body))")
        }
        if function.takesClient { arguments.append(SampleValue.client) }
        for parameter in function.queryParameters + function.headerParameters {
            let value = samples.list(parameter.type, text: "v") ?? samples.argument(parameter.type, text: "v")
            arguments.append("\(label: parameter.swiftName): \(value)")
        }
        var expression: SwiftCode = "\(function.swiftName)(\(arguments.joined(separator: ", ")))"
        switch function.result {
        case .paged: expression = "try await $0.\(group.propertyName).\(expression).collect()"
        case .none: expression = "try await $0.\(group.propertyName).\(expression)"
        case .generic: expression = "_ = try await $0.\(group.propertyName).\(function.swiftName)(.get, \"/\")"
        default: expression = "_ = try await $0.\(group.propertyName).\(expression)"
        }
        if case .paged = function.result { expression = "_ = \(expression)" }
        let name = SwiftLiteral.string(function.action.name)
        let category = SwiftLiteral.string(group.category)
        let swiftName = SwiftLiteral.string(function.swiftName.bare)
        let isList: SwiftCode = isList(function) ? "true" : "false"
        let items: SwiftCode = function.action.pageItems.map { ", items: \(SwiftLiteral.string($0))" } ?? ""
        printer.print(
            "SampleCall(category: \(category), action: \(name), function: \(swiftName), isList: \(isList)\(items)) {")
        printer.indented { $0.print(expression) }
        printer.print("},")
    }

    private func isList(_ function: PlannedFunction) -> Bool {
        switch function.result {
        case .paged: function.action.pageItems == nil
        case .value(.array): true
        default: false
        }
    }

    private func allCalls() -> CodePrinter {
        var printer = CodePrinter()
        listHeader(to: &printer)
        printer.document("A call of every action.")
        printer.block("enum \(DerivedNames.everyCall): SampleCallSource") { printer in
            printer.print("@available(*, deprecated, message: \"Calls deprecated actions, too.\")")
            printer.joined("static var calls: [SampleCall]", plan.groups.map { "\($0.typeName).sampleCalls" })
        }
        printer.list(of: "SampleCall", "A call of every action.", "\(DerivedNames.everyCall)", "calls", plan.module)
        return printer
    }

    // MARK: Readers

    private func readers(of files: [PlannedModelFile], folder: SwiftName) -> CodePrinter {
        var printer = CodePrinter()
        header(to: &printer)
        printer.document("Reads every field of every model of the folder \(folder).")
        printer.block("enum \(DerivedNames.readers(ofFolder: folder))") { printer in
            printer.print("@available(*, deprecated, message: \"Reads deprecated fields, too.\")")
            printer.block("static var all: [ModelReader]") { printer in
                printer.print("[")
                printer.indented { printer in
                    for case .model(let model) in files.flatMap(\.types) {
                        let name = SwiftLiteral.string(model.name.bare)
                        let sample = SwiftLiteral.string(sample(of: model).text)
                        let variant: SwiftCode = model.discriminator == nil ? "" : ", variant: { $0.variant }"
                        printer.print(
                            "ModelReader(\(name), \(model.name).self, sample: \(sample)\(variant)) { model, visit in")
                        printer.indented { printer in
                            if model.allFields.isEmpty { printer.print("_ = (model, visit)") }
                            for field in model.allFields {
                                printer.print(
                                    "visit(\(SwiftLiteral.string(field.wireName)), \(read(field)) as Any?)")
                            }
                        }
                        printer.print("},")
                    }
                }
                printer.print("]")
            }
        }
        return printer
    }

    /// A missing identifier reads as an empty string.
    private func read(_ field: PlannedModel.Field) -> SwiftCode {
        let value: SwiftCode = "model.\(field.swiftName)"
        return field.isAlwaysThere ? "(\(value).isEmpty ? nil : \(value))" : value
    }

    /// An object with a valid value for each field, as JSON.
    private func sample(of model: PlannedModel) -> JSONText {
        let members: [JSONText] = model.allFields.map { "\(JSONText.string($0.wireName)):\(json($0.type))" }
        return "{\(members.joined(separator: ","))}"
    }

    /// A valid value of a type, as JSON.
    private func json(_ type: SwiftType) -> JSONText {
        switch type {
        case .string, .enumeration, .url: #""v""#
        case .duration: #""PT1H""#
        case .base64: #""AQID""#
        case .integer: "1"
        case .number: "1.50"
        case .boolean: "true"
        case .date: #""2026-01-02T03:04:05.000Z""#
        case .model: "{}"
        case .array(let element): "[\(json(element))]"
        case .dictionary(let value): "{\"k\":\(json(value))}"
        case .json, .bytes, .uploadFile: "null"
        }
    }

    private func allReaders(_ folders: [SwiftName]) -> CodePrinter {
        var printer = CodePrinter()
        listHeader(to: &printer)
        printer.document("A reader of every model.")
        printer.block("enum \(DerivedNames.everyReader): ModelReaderSource") { printer in
            printer.print("@available(*, deprecated, message: \"Reads deprecated fields, too.\")")
            printer.joined(
                "static var readers: [ModelReader]", folders.map { "\(DerivedNames.readers(ofFolder: $0)).all" })
        }
        printer.list(
            of: "ModelReader", "A reader of every model.", "\(DerivedNames.everyReader)", "readers", plan.module)
        return printer
    }

    /// The header of a file with a list that other test targets use.
    private func listHeader(to printer: inout CodePrinter) {
        FileHeader.print(
            to: &printer, imports: ["\(plan.module)"], packageImports: [FileHeader.testSupport], needsFoundation: true,
            isPublic: false)
    }

    private func header(to printer: inout CodePrinter, imports: [SwiftCode] = []) {
        FileHeader.print(
            to: &printer, imports: imports + ["\(plan.module)", FileHeader.testSupport], needsFoundation: true,
            isPublic: false)
    }
}

extension CodePrinter {
    /// Prints the list of a module's samples. It is read through a protocol, whose requirement has no deprecated functions.
    mutating func list(
        of type: SwiftCode, _ documentation: DocText, _ source: SwiftCode, _ list: SwiftCode, _ module: SwiftName
    ) {
        print("")
        block("extension \(type)") { printer in
            printer.document(documentation)
            let name = DerivedNames.property(ofModule: module)
            printer.print("package static let \(name) = (\(source).self as any \(type)Source.Type).\(list)")
        }
    }

    /// Prints a property that concatenates lists; empty without any.
    mutating func joined(_ head: SwiftCode, _ lists: [SwiftCode]) {
        guard !lists.isEmpty else { return computed(head, "[]") }
        block(head) { printer in
            printer.print("[")
            printer.indented { printer in for list in lists { printer.print("\(list),") } }
            printer.print("].flatMap { $0 }")
        }
    }
}
