import Foundation
import Okta
import OktaSamples
import OktaTestSupport
import Testing

/// Each model, read field by field.
@Suite(.longCalculation) struct ModelReaderTests {
    @Test("Model fields: there are models") func thereAreModels() {
        #expect(ModelReader.okta.count > 500)
        #expect(Set(ModelReader.okta.map(\.name)).count == ModelReader.okta.count)
    }

    @Test("Model fields: an empty object has no values") func nothingIsReadFromAnEmptyObject() {
        for reader in ModelReader.okta {
            #expect(reader.fieldsFound(.emptyObject) == [], "\(reader)")
            #expect(reader.roundTrip(.emptyObject) == .emptyObject, "\(reader)")
        }
    }

    @Test("Model fields: every field reads its sample") func everyFieldIsReadFromASample() throws {
        for reader in ModelReader.okta {
            let sample = try JSON(parsing: reader.sample)
            #expect(reader.fieldsFound(sample) == reader.fields, "\(reader)")
            #expect(reader.roundTrip(sample).text == reader.sample, "\(reader)")
        }
    }

    /// A value with the wrong type for all fields reads as nil and is kept.
    @Test("Model fields: values of another type read as nil and are kept") func misfitsReadAsNothingAndStay() throws {
        for reader in ModelReader.okta {
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
    @Test("Model fields: other kinds of JSON read as nil", arguments: ["null", "1", "\"text\"", "[]", "true"])
    func otherKindsReadAsNothing(_ text: String) throws {
        let json = try JSON(parsing: text)
        for reader in ModelReader.okta { #expect(reader.fieldsFound(json) == [], "\(reader)") }
    }

    /// The response type of each action is an existing model.
    @Test("Model fields: every response has a model") func everyResponseHasAModel() {
        var count = 0
        let readers = ModelReader.okta.byName
        for action in ActionRegistry.okta.actions {
            guard let returns = action.returns?.trimmingCharacters(in: ["[", "]"]) else { continue }
            guard !["json", "bytes", "string"].contains(returns), !returns.hasPrefix("{") else { continue }
            #expect(readers[returns] != nil, "\(action.name): \(returns)")
            count += 1
        }
        #expect(count > 150)
    }
}
