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
        let parts = [
            ["Types.swift": types(), "\(DerivedNames.sampleTests).swift": tests()],
            CallSampleEmitter(plan: plan, samples: samples).files(), ReaderEmitter(plan: plan).files(),
            FormSampleEmitter(plan: plan, samples: samples).files(),
        ]
        return parts.reduce(into: [:]) { $0.merge($1) { file, _ in file } }
    }

    /// Returns aliases of the module's models, which shadow the names of Foundation that these files import too.
    private func types() -> CodePrinter {
        var printer = CodePrinter()
        FileHeader.print(to: &printer, imports: ["\(plan.module)"], isPublic: false)
        for name in plan.modelFiles.flatMap(\.types).map(\.name).sorted() {
            printer.print("typealias \(name) = \(plan.module).\(name)")
        }
        return printer
    }

    /// Returns the tests that apply to every module. The macros are qualified with their module, because a model may
    /// have the same name.
    private func tests() -> CodePrinter {
        var printer = CodePrinter()
        let (module, name) = (plan.module, DerivedNames.property(ofModule: plan.module))
        FileHeader.print(to: &printer, imports: ["\(module)", FileHeader.testSupport, "Testing"], isPublic: false)
        printer.document("Verifies the samples of the module.")
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
}

extension CodePrinter {
    /// Starts a file of samples.
    init(samplesOf module: SwiftName, imports: [SwiftCode] = []) {
        self.init()
        FileHeader.print(
            to: &self, imports: imports + ["\(module)", FileHeader.testSupport], needsFoundation: true, isPublic: false)
    }

    /// Prints a property whose value is a list.
    mutating func list(_ head: SwiftCode, _ elements: (inout CodePrinter) -> Void) {
        block(head) { printer in
            printer.print("[")
            printer.indented(elements)
            printer.print("]")
        }
    }
}
