package dev.sverka.desk.console;

import dev.sverka.flows.payments.Reviews;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/reviews}: what waits for a person's decision, and the decision. */
@RestController
@RequestMapping("/api/reviews")
class ReviewController {

    private final Reviews reviews;

    ReviewController(Reviews reviews) {
        this.reviews = reviews;
    }

    /** Which review was decided. */
    record Decided(long id) {
    }

    @GetMapping
    List<Reviews.Question> open(@RequestParam(defaultValue = "100") int limit) {
        return reviews.open(Math.max(1, Math.min(limit, 1000)));
    }

    @PostMapping("/{id}")
    Decided decide(@PathVariable long id, @RequestBody Reviews.Said said, Principal person) {
        if (!reviews.decide(id, said, person.getName())) {
            throw new ApiRefusal(HttpStatus.NOT_FOUND, "there is no review " + id + "; read /api/reviews again");
        }
        return new Decided(id);
    }
}
