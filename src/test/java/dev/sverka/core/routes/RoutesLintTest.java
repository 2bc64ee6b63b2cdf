package dev.sverka.core.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sverka.core.state.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of the lint: the text, and the line that a person reads. */
class RoutesLintTest {

    private static final RoutesLint.Context CONTEXT = new RoutesLint.Context() {
        @Override
        public Set<String> schemes() {
            return Set.of("bean", "direct", "log", "journal", "mapping", "schedule", "tbank");
        }

        @Override
        public boolean hasProperty(String name) {
            return name.equals("routes.shop");
        }

        @Override
        public @Nullable Set<String> methods(String bean) {
            return bean.equals("payments") ? Set.of("decide", "project") : null;
        }

        @Override
        public Set<String> beans() {
            return Set.of("payments");
        }
    };

    /** A route whose one step begins at line 6. */
    private static String step(String step) {
        return "- route:\n    id: a\n    from:\n      uri: direct:a\n      steps:\n" + step.indent(8);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("route: {id: a}\n", "1: the file must be a list; begin each route"),
                Arguments.of("- from: {uri: direct:a, steps: []}\n",
                        "1: 'from' does not belong here; write `- route:`"),
                Arguments.of("- rest: {get: []}\n", "1: 'rest' does not belong here"),
                Arguments.of("- routeTemplate: {id: a}\n", "1: 'routeTemplate' does not belong here"),
                Arguments.of("- templatedRoute: {routeTemplateRef: a}\n", "1: 'templatedRoute' does not belong here"),
                Arguments.of("- beans: []\n", "1: 'beans' does not belong here"),
                Arguments.of("- onException: {exception: [java.lang.Exception]}\n",
                        "1: 'onException' does not belong here"),
                Arguments.of("- intercept: {steps: []}\n", "1: 'intercept' does not belong here"),
                Arguments.of("- text\n", "1: this is no route"),
                Arguments.of("- route:\n    from: {uri: direct:a, steps: []}\n", "1: a route needs an id"),
                Arguments.of("- route:\n    id: Bank_In\n    from: {uri: direct:a}\n",
                        "2: a route needs an id of small letters"),
                Arguments.of("- route:\n    id: a\n", "1: a route needs `from:` with `uri:`"),
                Arguments.of("- route:\n    id: a\n    from: direct:a\n",
                        "3: a route needs `from:` with `uri:`; write `from: {uri:"),
                Arguments.of("- route:\n    id: a\n    errorHandler: {noErrorHandler: {}}\n    from: {uri: direct:a}\n",
                        "3: 'errorHandler' does not belong in routes"),
                Arguments.of(step("- doTry: {steps: []}"), "6: unknown step 'doTry'"),
                Arguments.of(step("- script: {expression: {simple: {expression: x}}}"),
                        "6: unknown step 'script'"),
                Arguments.of(step("- to: direct:b"), "6: the short form of 'to' is not taken; write `to: {uri: …}`"),
                Arguments.of(step("- log: hello"),
                        "6: the short form of 'log' is not taken; write `log: {message: …}`"),
                Arguments.of(step("- removeHeader: x"), "6: the short form of 'removeHeader' is not taken"),
                Arguments.of(step("- wireTap: direct:b"),
                        "6: unknown step 'wireTap'"),
                Arguments.of(step("- convertBodyTo: String"), "6: unknown step 'convertBodyTo'"),
                Arguments.of(step("- stop"), "6: the short form 'stop' is not taken; write it as `- stop: {"),
                Arguments.of(step("- stop:"), "6: the short form of 'stop' is not taken"),
                Arguments.of(step("- to: {uri: direct:b}\n  log: {message: x}"), "6: two steps stand in one"),
                Arguments.of(step("- setBody:\n    simple: x"),
                        "7: the short form of 'simple' is not taken; write `simple: {expression: …}`"),
                Arguments.of(step("- split:\n    expression: {simple: {expression: x}}\n    steps:\n      - log: deep"),
                        "9: the short form of 'log' is not taken"),
                Arguments.of(step("- to: {uri: tbnak:operation/list}"),
                        "6: unknown scheme 'tbnak'; did you mean 'tbank'?"),
                Arguments.of(step("- to: {uri: http://example.org}"), "6: unknown scheme 'http'; known are"),
                Arguments.of(step("- to:\n    uri: bean:paymets\n    parameters: {method: decide}"),
                        "8: there is no bean 'paymets'; did you mean 'payments'?"),
                Arguments.of(step("- to:\n    uri: bean:payments\n    parameters: {method: decode}"),
                        "8: the bean 'payments' has no method 'decode'; did you mean 'decide'?"),
                Arguments.of(step("- to: {uri: 'bean:payments?method=decode'}"),
                        "6: the bean 'payments' has no method 'decode'"),
                Arguments.of(step("- to: {uri: 'bean:payments?scope=Singleton&method=decide'}"),
                        "6: 'bean:' takes no option 'scope' in routes"),
                Arguments.of(step("- to: {uri: bean:payments}"), "6: no method is named; add `method:`"),
                Arguments.of(step("- to: {uri: bean:nobody}"), "6: there is no bean 'nobody'"),
                Arguments.of(step("- to: {uri: 'bean:#class:java.lang.Runtime?method=exec'}"),
                        "6: there is no bean '#class:java.lang.Runtime'"),
                Arguments.of(step("- bean: {ref: payments, method: decode}"),
                        "6: the bean 'payments' has no method 'decode'"),
                Arguments.of(step("- bean: {ref: environment, method: getProperty}"),
                        "6: there is no bean 'environment'"),
                Arguments.of(step("- filter:\n    expression:\n      method: {ref: payments, method: decode}\n"
                        + "    steps: []"),
                        "8: the bean 'payments' has no method 'decode'"),
                Arguments.of(step("- to: {uri: 'direct:{{routes.nowhere}}'}"),
                        "6: nothing gives {{routes.nowhere}} a value; set it in"),
                Arguments.of(step("- to: {uri: 'direct:{{nowhere}}'}"), "6: '{{nowhere}}' reads more than routes may"));
    }

    /** Ways out of the language that Camel itself would have taken. */
    static Stream<String> waysOut() {
        return Stream.of(
                simple("${bean:environment?method=getProperty(x)}"), simple("${sys:user.home}"), simple("${env:PATH}"),
                simple("${sysenv.PATH}"), simple("${ref:payments}"), simple("${type:java.lang.System.out}"),
                simple("${file:name}"), simple("${camelContext.stop}"), simple("${messageAs(java.io.File)}"),
                simple("${bodyAs(java.io.File)}"), simple("${body.class}"), simple("${body.getClass}"),
                simple("${body.getClass().getClassLoader()}"), simple("${body[a].class.module}"),
                simple("${header.x.class}"), simple("${exception.stackTrace}"), simple("${properties:secret}"),
                simple("${random(10)}"), simple("${function:evil}"), simple("${empty(map)}"), simple("${jq(.a)}"),
                simple("$simple{sys:user.home}"), simple("$init{ $a := ${body}; }init$ $a"),
                simple("${body:${sys:a}}"), simple("${header.${sys:a}}"), simple("resource:file:/etc/passwd"),
                simple("{{secret.token}}"), simple("{{env:PATH}}"), simple("{{?routes.x}}"), simple("{{bean:a.b}}"),
                simple("{{routes.{{secret}}}}"),
                "- setBody: {expression: {constant: {expression: 'resource:file:/etc/passwd'}}}",
                "- setBody: {expression: {constant: {expression: '{{sverka.tbank.main.token}}'}}}",
                "- setBody: {expression: {spel: {expression: 'T(java.lang.Runtime)'}}}",
                "- setBody: {expression: {groovy: {expression: '1'}}}", "- setBody: {expression: {java: {expression: '1'}}}",
                "- setBody: {expression: {ref: {expression: x}}}", "- setBody: {expression: {tokenize: {token: x}}}",
                "- setBody: {expression: {simple: {expression: x, resultTypeName: java.io.File}}}",
                "- setBody: {expression: {method: {beanType: java.lang.Runtime, method: exec}}}",
                "- setBody: {expression: {method: {ref: payments, method: 'decide(${sys:a})'}}}",
                "- filter: {expression: {simple: {expression: \"${body} regex '(a+)+'\"}}, steps: []}",
                "- filter: {expression: {simple: {expression: \"${body} is 'java.lang.Runtime'\"}}, steps: []}",
                "- log: {message: '${sys:user.home}'}", "- log: {message: '{{sverka.tbank.main.token}}'}",
                "- log: {message: x, logger: '#bean'}", "- to: {uri: 'log:x?exchangeFormatter=#class:java.lang.Object'}",
                "- to: {uri: 'log:x', parameters: {exchangeFormatter: x}}",
                "- to: {uri: 'tbank:operation/list', parameters: {account: '#class:java.lang.Object'}}",
                "- toD: {uri: '${body}'}", "- recipientList: {expression: {constant: {expression: 'file:x'}}}",
                "- pollEnrich: {expression: {constant: {expression: 'file:x'}}}",
                "- enrich: {expression: {constant: {expression: 'file:x'}}}", "- wireTap: {uri: direct:b}",
                "- dynamicRouter: {expression: {simple: {expression: x}}}", "- routingSlip: {expression: {simple: {expression: x}}}",
                "- process: {ref: x}", "- bean: {ref: payments, method: decide, beanType: java.lang.Runtime}",
                "- unmarshal: {json: {}}", "- convertBodyTo: {type: java.io.File}", "- throwException: {exceptionType: x}",
                "- loop: {expression: {constant: {expression: 1000000000}}, steps: []}", "- delay: {expression: {constant: {expression: 1}}}",
                "- threads: {poolSize: 9999}", "- saga: {steps: []}", "- serviceCall: {name: x}", "- policy: {ref: x, steps: []}",
                "- transacted: {ref: x, steps: []}", "- sort: {comparator: '#x'}", "- script: {expression: {groovy: {expression: x}}}",
                "- validate: {expression: {simple: {expression: '${sys:a}'}}}", "- poll: {uri: 'file:x'}",
                "- kamelet: {name: x}", "- setVariable: {name: x, expression: {simple: {expression: x}}}",
                "- to: {uri: 'file:/tmp'}", "- to: {uri: 'exec:ls'}", "- to: {uri: 'language:groovy:x'}",
                "- to: {uri: 'class:java.lang.Runtime?method=exec'}", "- to: {uri: 'bean:environment?method=getProperty'}",
                "- to: {uri: 'properties:secret'}", "- to: {uri: '{{routes.shop}}:x'}",
                "- setHeader: {name: '${sys:a}', expression: {constant: {expression: x}}}");
    }

    private static String simple(String expression) {
        return "- setBody: {expression: {simple: {expression: \"" + expression + "\"}}}";
    }

    @ParameterizedTest
    @MethodSource("waysOut")
    void noWayLeadsOutOfTheLanguage(String step) {
        assertThat(lint(Map.of("routes/x.yaml", step(step)))).isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("routes/x.yaml:6: ").contains("; "));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsToldWithLineAndCure(String text, String expected) {
        assertThat(lint(Map.of("routes/x.yaml", text))).hasSize(1).first().asString()
                .startsWith("routes/x.yaml:" + expected);
    }

    static Stream<String> goodSteps() {
        return Stream.of("- to: {uri: 'bean:payments?method=decide'}", "- bean: {ref: payments, method: decide}",
                "- to:\n    uri: bean:payments\n    parameters: {method: 'decide(${body})'}", "- stop: {}",
                "- to: {uri: 'direct:{{routes.shop}}'}", "- to: {uri: 'direct:{{routes.nowhere:here}}'}",
                "- log: {message: 'this is ${body[number]} of ${header.SyncId}; what is read stays data'}",
                "- filter: {expression: {simple: {expression: \"${body} is 'dev.sverka.records.bank.StatementWindow'\"}},"
                        + " steps: []}",
                "- split: {expression: {simple: {expression: '${body[comments]}'}}, steps: [{stop: {}}]}",
                        "- setHeader:\n    name: script\n    expression: {constant: {expression: beans}}",
                "- choice:\n    when:\n      - expression: {simple: {expression: x}}\n        steps: [{stop: {}}]\n"
                        + "    otherwise: {steps: []}",
                "- to: {uri: tbank:operation/list, parameters: {header: x, simple: y}}");
    }

    @ParameterizedTest
    @MethodSource("goodSteps")
    void whatIsAllowedIsNotComplainedOf(String step) {
        assertThat(lint(Map.of("routes/x.yaml", step(step)))).isEmpty();
    }

    @Test
    void whatStandsTwiceIsToldAtBothPlaces() {
        assertThat(lint(new TreeMap<>(Map.of("routes/x.yaml", step("- stop: {}"),
                "routes/y.yaml", "# moved\n" + step("- stop: {}").replace("direct:a", "direct:a?timeout=1")))))
                .containsExactlyInAnyOrder(
                        "routes/x.yaml:2: the route id 'a' stands twice, also in routes/y.yaml:3; give one of them "
                                + "another id",
                        "routes/y.yaml:3: the route id 'a' stands twice, also in routes/x.yaml:2; give one of them "
                                + "another id",
                        "routes/x.yaml:4: two routes start from direct:a, also in routes/y.yaml:5; let one route do "
                                + "both, or remove one",
                        "routes/y.yaml:5: two routes start from direct:a, also in routes/x.yaml:4; let one route do "
                                + "both, or remove one");
    }

    @Test
    void oneBrokenFileDoesNotHideTheFaultsOfAnother() {
        assertThat(lint(Map.of("routes/x.yaml", "- [\n", "routes/y.yaml", "- text\n"))).hasSize(2);
    }

    @Test
    void anEmptyFileIsNoFault() {
        assertThat(lint(Map.of("routes/x.yaml", "# all routes moved\n"))).isEmpty();
    }

    private static List<String> lint(Map<String, String> texts) {
        return RoutesLint.lint(texts, CONTEXT).stream().map(Problem::toString).toList();
    }
}
