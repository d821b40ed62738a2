import OktaCatalog

/// Writes test code that creates every variant of every union, and uses it in each place that accepts the union.
struct FormSampleEmitter {
    let plan: Plan
    let samples: SampleValue

    func files() -> [String: CodePrinter] {
        var files: [String: CodePrinter] = [:]
        var folders: [SwiftName] = []
        let models = Dictionary(
            plan.modelFiles.flatMap(\.types).compactMap { type in
                if case .model(let model) = type { (model.name, model) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        let uses = FormUses(plan: plan, samples: samples)
        for (folder, group) in Dictionary(grouping: plan.modelFiles, by: \.folder) {
            let unions = group.flatMap(\.types).compactMap { type in
                if case .model(let model) = type, !model.variants.isEmpty { model } else { nil }
            }
            guard !unions.isEmpty else { continue }
            folders.append(folder)
            files["\(DerivedNames.forms(ofFolder: folder)).swift"] = file(folder: folder) { printer in
                for union in unions {
                    for variant in union.variants {
                        guard let form = models[variant.model] else { continue }
                        sample(of: form, as: variant, of: union, uses: uses, to: &printer)
                    }
                }
            }
        }
        files["\(DerivedNames.everyForm).swift"] = all(folders.sorted())
        return files
    }

    private func file(folder: SwiftName, _ body: (inout CodePrinter) -> Void) -> CodePrinter {
        var printer = CodePrinter(samplesOf: plan.module)
        printer.document("Makes every form of the unions of the folder \(folder).")
        printer.block("enum \(DerivedNames.forms(ofFolder: folder))") { printer in
            printer.print("@available(*, deprecated, message: \"Sets deprecated fields, too.\")")
            printer.list("static var all: [SampleForm]", body)
        }
        return printer
    }

    private func sample(
        of form: PlannedModel, as variant: PlannedModel.Variant, of union: PlannedModel, uses: FormUses,
        to printer: inout CodePrinter
    ) {
        printer.print("SampleForm(")
        printer.indented { printer in
            printer.print("\(union.name).self, \(form.name).self,", "made: [")
            printer.indented { printer in
                for isWhole in [false, true] {
                    let object = samples.object(form, as: variant, of: union, isWhole: isWhole)
                    printer.print(object.start, list: object.arguments, "),")
                }
            }
            printer.print("],")
            if union.discriminator == nil {
                printer.print("unions: [{ \(union.name)($0) }],")
            } else {
                printer.print(
                    "unions: [{ \(union.name)($0) }, { .\(variant.caseName)($0) }],",
                    "variant: { if case .\(variant.caseName)(let form) = $0.variant { form } else { nil } },",
                    "setVariant: { $0.variant = .\(variant.caseName)($1) },")
            }
            printer.print("calls: [")
            printer.indented { printer in
                for call in uses.calls[union.name] ?? [] { printer.print("{ \(call) },") }
            }
            printer.print("],", "fields: [")
            printer.indented { printer in
                for field in uses.fields[union.name] ?? [] {
                    printer.print("SampleForm.Field(\(SwiftLiteral.string(field.wireName))) { (form: \(form.name)) in")
                    printer.indented { printer in
                        printer.print(
                            "var owner = \(field.owner)(json: [:])", "owner.\(field.swiftName) = \(field.value)",
                            "return owner")
                    }
                    printer.print("},")
                }
            }
            printer.print("]")
        }
        printer.print("),")
    }

    private func all(_ folders: [SwiftName]) -> CodePrinter {
        SampleSource(
            name: DerivedNames.everyForm, documentation: "Every form of every union.", element: "SampleForm",
            list: "forms", deprecation: "Sets deprecated fields, too.",
            parts: folders.map { "\(DerivedNames.forms(ofFolder: $0)).all" }
        ).file(of: plan.module)
    }
}

/// The uses of a union: as the body of a function, or as a field.
private struct FormUses {
    struct Field {
        var owner: SwiftName
        var swiftName: SwiftName
        var wireName: String
        /// The field's value made of `form`.
        var value: SwiftCode
    }

    /// The calls by their body's union: expressions over the client, `$0`, and the form, `$1`.
    private(set) var calls: [SwiftName: [SwiftCode]] = [:]
    private(set) var fields: [SwiftName: [Field]] = [:]

    init(plan: Plan, samples: SampleValue) {
        for group in plan.groups {
            for function in group.functions {
                guard function.bodyForms != nil, let union = Self.union(of: function.body) else { continue }
                calls[union, default: []].append(Self.call(function, in: group, samples))
            }
        }
        for case .model(let model) in plan.modelFiles.flatMap(\.types) {
            for field in model.fields where field.hasSetter {
                guard let (union, value) = Self.value(of: field.type) else { continue }
                fields[union, default: []].append(
                    Field(owner: model.name, swiftName: field.swiftName, wireName: field.wireName, value: value))
            }
        }
    }

    private static func union(of body: PlannedFunction.Body?) -> SwiftName? {
        switch body {
        case .json(.model(let name), _, _), .form(.model(let name)): name
        default: nil
        }
    }

    private static func call(
        _ function: PlannedFunction, in group: PlannedGroup, _ samples: SampleValue
    ) -> SwiftCode {
        var arguments: [SwiftCode] = function.pathParameters.map { parameter in
            let value = samples.argument(parameter.type, text: "p")
            return function.omitsFirstLabel ? value : "\(label: parameter.swiftName): \(value)"
        }
        arguments.append(function.pathParameters.isEmpty ? "$1" : "with: $1")
        if function.takesClient { arguments.append(SampleValue.client) }
        arguments += (function.queryParameters + function.headerParameters).filter(\.isRequired).map {
            "\(label: $0.swiftName): \(samples.argument($0.type, text: "v"))"
        }
        return "try await $0.\(group.propertyName).\(function.swiftName)(\(arguments.joined(separator: ", ")))"
    }

    private static func value(of type: SwiftType) -> (union: SwiftName, value: SwiftCode)? {
        switch type {
        case .model(let name): (name, ".init(form)")
        case .array(let element): value(of: element).map { ($0, "[\($1)]") }
        case .dictionary(let element): value(of: element).map { ($0, "[\"k\": \($1)]") }
        default: nil
        }
    }
}
