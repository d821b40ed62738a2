import Foundation
import Okta
import OktaTestSupport
import Testing

/// Every model, read field by field.
@Suite(.longCalculation) struct ModelReaderTests {
    @Test func thereAreModels() {
        #expect(ModelReader.all.count > 500)
        #expect(Set(ModelReader.all.map(\.name)).count == ModelReader.all.count)
    }

    @Test func nothingIsReadFromAnEmptyObject() {
        for reader in ModelReader.all {
            #expect(reader.fieldsFound(.emptyObject) == [], "\(reader)")
            #expect(reader.roundTrip(.emptyObject) == .emptyObject, "\(reader)")
        }
    }

    @Test func everyFieldIsReadFromASample() throws {
        for reader in ModelReader.all {
            let sample = try JSON(parsing: reader.sample)
            #expect(reader.fieldsFound(sample) == reader.fields, "\(reader)")
            #expect(reader.roundTrip(sample).text == reader.sample, "\(reader)")
        }
    }

    /// A value of a type that no field has is not read, and not lost.
    @Test func misfitsReadAsNothingAndStay() throws {
        for reader in ModelReader.all {
            let sample = try JSON(parsing: reader.sample)
            for misfit in [JSON.null, [[[[false]]]]] {
                let odd = JSON(members: (sample.members ?? []).map { ($0.key, misfit) })
                // A field of any JSON value, and a list whose elements are left out one by one, are still there.
                for field in reader.fieldsFound(odd) {
                    let fitting = sample[field]
                    let isTolerant = fitting?.kind == .null || fitting?.kind == .array
                    #expect(isTolerant, "\(reader) \(field)")
                }
                #expect(reader.roundTrip(odd).bytes == odd.bytes, "\(reader)")
            }
        }
    }

    /// What is no object at all reads as a model without fields.
    @Test(arguments: ["null", "1", "\"text\"", "[]", "true"])
    func otherKindsReadAsNothing(_ text: String) throws {
        let json = try JSON(parsing: text)
        for reader in ModelReader.all { #expect(reader.fieldsFound(json) == [], "\(reader)") }
    }

    /// Each action's response is decoded to a model that there is.
    @Test func everyResponseHasAModel() {
        var count = 0
        for action in ActionRegistry.okta.actions {
            guard let returns = action.returns?.trimmingCharacters(in: ["[", "]"]) else { continue }
            guard !["json", "bytes", "string"].contains(returns) else { continue }
            #expect(ModelReader.byName[returns] != nil, "\(action.name): \(returns)")
            count += 1
        }
        #expect(count > 150)
    }
}
