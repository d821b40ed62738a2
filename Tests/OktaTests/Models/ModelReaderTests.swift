import Foundation
import OktaCatalog
import OktaRuntime
import OktaTestSupport
import Testing

/// All models of all modules, read field by field.
@Suite(.longCalculation) struct ModelReaderTests {
    @Test("Model fields: every model of the schema has a reader", arguments: TestedModule.all)
    func everyModelIsRead(_ module: TestedModule) throws {
        let models = try module.catalog().modelFiles.flatMap(\.models).filter { $0.sameAs == nil }
        #expect(!models.isEmpty)
        #expect(Set(module.readers.map(\.name)) == Set(models.map(\.name.value)))
        #expect(Set(module.readers.map(\.name)).count == module.readers.count)
    }

    @Test("Model fields: an empty object has no values", arguments: TestedModule.all)
    func emptyObjectHasNoValues(_ module: TestedModule) {
        for reader in module.readers {
            #expect(reader.fieldsFound(.emptyObject) == [], "\(reader)")
            #expect(reader.roundTrip(.emptyObject) == .emptyObject, "\(reader)")
        }
    }

    @Test("Model fields: every field reads its sample", arguments: TestedModule.all)
    func everyFieldIsReadFromASample(_ module: TestedModule) throws {
        for reader in module.readers {
            let sample = try JSON(parsing: reader.sample)
            #expect(reader.fieldsFound(sample) == reader.fields, "\(reader)")
            #expect(reader.roundTrip(sample).text == reader.sample, "\(reader)")
        }
    }

    /// A value with the wrong type for all fields reads as nil and is kept.
    @Test("Model fields: values of another type read as nil and are kept", arguments: TestedModule.all)
    func misfitsReadAsNothingAndStay(_ module: TestedModule) throws {
        for reader in module.readers {
            let sample = try JSON(parsing: reader.sample)
            for misfit in [JSON.null, [[[[false]]]]] {
                let odd = JSON(members: (sample.members ?? []).map { ($0.key, misfit) })
                // A field of any JSON type, and a list that skips invalid elements, are still present.
                for field in reader.fieldsFound(odd) {
                    let fitting = sample[field]
                    let isTolerant = fitting?.kind == .null || fitting?.kind == .array
                    #expect(isTolerant, "\(reader) \(field)")
                }
                #expect(reader.roundTrip(odd).bytes == odd.bytes, "\(reader)")
            }
        }
    }

    /// JSON values other than objects read as a model without fields.
    @Test("Model fields: other kinds of JSON read as nil", arguments: TestedModule.all)
    func otherKindsReadAsNothing(_ module: TestedModule) throws {
        for text in ["null", "1", "\"text\"", "[]", "true"] {
            let json = try JSON(parsing: text)
            for reader in module.readers { #expect(reader.fieldsFound(json) == [], "\(reader)") }
        }
    }

    /// The response type of each action is an existing model.
    @Test("Model fields: every response has a model", arguments: TestedModule.all)
    func everyResponseHasAModel(_ module: TestedModule) {
        var count = 0
        let readers = module.readers.byName
        for action in module.registry.actions {
            guard let returns = action.returns?.trimmingCharacters(in: ["[", "]"]) else { continue }
            guard !["json", "bytes", "string"].contains(returns), !returns.hasPrefix("{") else { continue }
            #expect(readers[returns] != nil, "\(action.name): \(returns)")
            count += 1
        }
        #expect(count > 15)
    }
}
